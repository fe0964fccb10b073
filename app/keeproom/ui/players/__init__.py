"""What moves or sounds: videos and sounds by QtMultimedia, animated pictures frame by frame, and the bar that steers
both. QtMultimedia is imported when the first video or sound is shown: the window starts without it.

QtMultimedia decodes in the window's process. Only a file that a reader process of our own has read whole is given to
it, as a local file and with no other protocol allowed; other files say why they can't be shown.
"""
