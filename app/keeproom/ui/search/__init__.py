"""The search field: what is typed, the finished parts of it as chips, and what opens below it.

A query is one text at every moment: `Draft` parts it into what stands as chips before the cursor, what is being typed,
and what stands as chips behind. What is typed is a real `QLineEdit`, for no drawing of our own would bring input
methods, right-to-left text, combining marks and screen readers to the level that people are used to; a chip is a
button. Selecting all turns the chips back into text, as the address line of a browser does.

Measured: a `QLineEdit` with 100,000 letters takes 26 ms a key, with 100,000 Chinese characters and emoji 190 ms; what
is longer than `LONGEST_TYPED` therefore becomes one chip.
"""
