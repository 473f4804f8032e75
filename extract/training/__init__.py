"""Trains the models in `extract/models/` on annotated reports: heads (`dev`), reader (extra `train`)."""
