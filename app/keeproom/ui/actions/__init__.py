"""Everything that can be done, once: menus, context menus, buttons and shortcuts are built from these tables.

A new action is one row in the section it belongs to; a new section is one line in `table`.
"""
