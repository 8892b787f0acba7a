"""Problems of spec files."""
