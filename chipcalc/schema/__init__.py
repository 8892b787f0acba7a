"""Validated models from YAML, scalar types and sources."""
