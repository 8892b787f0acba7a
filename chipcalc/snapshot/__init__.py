"""The built-in specs as values, made ready when the package is built."""
