"""Tables of other people: read row by row into facts that nobody has checked."""
