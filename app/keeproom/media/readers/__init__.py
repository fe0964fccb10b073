"""One module for each family of formats, imported in reader processes only, when the first file of it comes.

Each has `read(path, row, sizes) -> Picture`. It may raise `UnreadableMediaError` with a sentence for a person, or
whatever its decoder raises: the reader makes a sentence of it.
"""
