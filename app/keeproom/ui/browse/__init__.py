"""The library panel: places on the left, what they hold in the grid, and what to do when there is nothing yet."""
