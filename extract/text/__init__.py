"""A report's text made readable: usual characters, no noise, lines joined, and each offset kept."""
