"""What a metric comes to for a chip, and what that rests on."""
