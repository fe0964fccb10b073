"""Reading media: what a file is, what it looks like, what it tells of itself.

Nothing here knows a library: a reader is given a path and returns facts and JPEG bytes.

    formats, signatures, sniffing   what a file is, by its content; raw_signatures for what is TIFF outside
    pictures, metadata, previews    the three doors: one object drives one reader process
    process, spawner, slots, wire   starting readers, taking turns, talking over pipes, ending those that misbehave
    reader, confinement             the program of a reader process
    readers/                        one module for each family of formats; run in reader processes only

Decisions, with what was measured (shared measurements, "Import" and "Reading hostile files"):

- Decoding happens in processes of their own at nice 10: a busy window ticks within 18 ms (threads: 79 ms), and a
  decoder that crashes costs one file.
- One decode gives everything a picture is asked for; exiftool runs later, in batches, at nice 19, so that photos are
  seen first.
- Signatures of our own are asked before libmagic: they are the same on every system, and a camera raw file must not
  pass for the TIFF that it is outside.
"""
