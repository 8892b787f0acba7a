"""Chips side by side, rooflines, generations and calculations."""
