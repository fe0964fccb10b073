"""The Activity page: what is waited for, what is at work now, and what went wrong."""
