"""Metrics, conditions and formulas, and how people type them."""
