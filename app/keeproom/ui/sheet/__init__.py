"""The sheet of all shortcuts and gestures, made from the action table: what is not in the table is not on the sheet."""
