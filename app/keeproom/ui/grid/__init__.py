"""The grid of pictures: a scroll area whose geometry is computed, never stored, so that a million cells cost nothing.

Qt's own icon view lays every item out: 1.5–2.2 s for a first paint or a resize of a million items, and 4.2 s to select
all of them (measured). Here first paint and resize depend on the size of the window alone.

    geometry, placing   where each cell is, and that it stays there     (no screen needed)
    ids, selection      lists of a million, and which of them is chosen (no screen needed)
    cells, thumbnails   what is known of the cells in sight, and their pictures, decoded off the main thread
    reading             asks for both, what is in sight first
    painter, rowpainter, badges, rings, headings    how things look, in the grid and in the list
    tiles, canvas       finished cells, copied to the screen
    columns, columnheader   the list's columns
    marks, scrubber, bubble the scroll bar that tells where in time one is (marks: no screen needed)
    area, choosing, view    the widget: what is where; what is chosen; mouse, keys, everything together
    accessible          what a screen reader is told
"""
