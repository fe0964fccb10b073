"""One item over the whole panel: pictures with zoom and pan, animations, videos, sounds, or why there is nothing.

The canvas knows a picture and a sight of it and nothing of a library; `pictures` finds the pixels for it, from coarse
to sharp; `track` knows the list that is leafed through; the panel joins them with its bars. Compare uses the same
canvas, twice to four times.

Viewer and compare are dark in both themes: a picture is judged on a ground that does not outshine it.
"""
