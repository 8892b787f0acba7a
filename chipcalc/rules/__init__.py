"""Rules as data, by version, and how they are read for one chip."""
