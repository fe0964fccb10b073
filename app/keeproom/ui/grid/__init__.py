"""The grid of pictures: a scroll area whose geometry is computed, never stored, so that a million cells cost nothing.

Qt's own icon view lays every item out: 1.5–2.2 s for a first paint or a resize of a million items, and 4.2 s to select
all of them (measured). Here first paint and resize depend on the size of the window alone.

    geometry    where each cell is                       (no screen needed)
    selection   which cells are chosen                   (no screen needed)
    cells       what is known of the cells in sight
    thumbnails  their pictures, decoded off the main thread
    painter, badges     how a cell looks
    view        the widget: scrolling, mouse, keys
    accessible  what a screen reader is told
"""
