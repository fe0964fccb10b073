"""What the rows of the action table do: plain functions of the window."""
