"""Controls that state something of items: stars, labels, flags, tags; and the dialogs for dates and names.

They know neither the library nor what is chosen: they show values and tell what a person wants. What is mixed among
several items is `MIXED`.
"""
