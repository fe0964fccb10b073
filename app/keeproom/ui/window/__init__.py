"""The main window: its frame, and what is common to all panels."""
