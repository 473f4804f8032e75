"""Text in, findings out. Needs no database and imports no sibling package."""
