"""Who may ask the service, how much, and what is kept of it. Nothing here needs the store."""
