"""The Imports page: every import with its balance, and every file of it with what became of it and why."""
