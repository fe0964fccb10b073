"""Work off the main thread: QThreadPool runnables that call library functions and bring results home.

A runnable is a thin shell over a plain function and ends a `Future`; commands wait for futures, the window has one
long-lived QObject (`Session`) that brings them to its thread as signals. A worker touches no QObject itself.
"""
