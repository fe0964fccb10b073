"""The tag manager: all tags in their hierarchy, with what can be done to the tags themselves.

The library is asked in a thread and answers with a finished tree; sorting and filtering 10,000 tags is done here.
"""
