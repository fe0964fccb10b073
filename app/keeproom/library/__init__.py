"""What a person can do with a library: one module a use-case, and the only door to catalog, blobs and media.

A use-case takes an open `Library`, does one short transaction, and gives back frozen values, never rows. Bytes are
written first and then the row that refers to them; to delete, first the row and then the bytes. No file is touched
inside a transaction, but for the one look at stored blobs that design.md §6 names.

This file imports nothing, so that the window's first page costs no more than it needs.
"""
