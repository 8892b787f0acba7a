"""Exact intervals, units and quantities, three-valued logic, numbers as text."""
