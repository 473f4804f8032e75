"""All that a person looks at: maps and pages."""
