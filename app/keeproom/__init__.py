"""Keeproom: a room where photos, videos and sounds are kept for good."""

__version__ = "0.1.0"
