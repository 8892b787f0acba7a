"""Spec sheets: chips, statements, names and the store."""
