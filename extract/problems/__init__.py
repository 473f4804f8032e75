"""What makes a problem: the words that state one, where it begins and ends, its headline."""
