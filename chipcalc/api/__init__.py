"""What a script asks, in Python's words: see docs/python.md."""
