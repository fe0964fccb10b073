"""One module for each family of formats, imported in reader processes only, when the first file of it comes.

Each has `read(path, row, sizes) -> Picture` and `preview(path, row, box) -> Preview`. They may raise
`UnreadableMediaError` with a sentence for a person, or whatever their decoder raises: the reader makes a sentence of
it. What moves is read by `animations`, whatever its format.
"""
