"""Other programs of this system: which can open a kind of file, and how they are started.

Linux and the other free desktops describe programs in desktop entries; where there are none (macOS, Windows) the system
itself chooses the program, and the list is empty.
"""
