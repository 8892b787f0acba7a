"""What assistants ask over the Model Context Protocol: the same answers, by the same contracts."""
