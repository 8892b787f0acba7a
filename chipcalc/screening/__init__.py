"""Tables of parts screened row by row: what each row says, which chip it means, what follows."""
