"""Results as tables, and their formats."""
