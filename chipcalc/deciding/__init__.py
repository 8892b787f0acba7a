"""For what is not known: the values that settle a verdict, exactly."""
