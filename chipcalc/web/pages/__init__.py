"""One module for each page: it asks the same as a command, and says what its template shows."""
