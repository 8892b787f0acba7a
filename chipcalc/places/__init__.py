"""Countries and groups of countries on a day."""
