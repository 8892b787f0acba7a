"""What the figures say of an article's claims, in the language of the reader."""
