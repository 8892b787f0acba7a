"""The rules of a day applied to a chip, and what follows from them."""
