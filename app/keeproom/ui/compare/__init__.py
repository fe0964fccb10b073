"""Two to four pictures side by side, moved and zoomed together."""
