"""What is known of the chosen items, at the right of the window, and their properties.

Words are made by plain functions over what the library answers (`camerawords`, `itemwords`, `sumwords`); widgets only
show them. Texts come from files, so they may be long, of any script, or markup: they are plain text everywhere, and cut
where they would take more room than they are worth, with the whole of them one gesture away.
"""
