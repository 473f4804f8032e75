"""Look-ups of the eight kinds of things: one mechanism, and a table that says what each kind has."""
