"""Trains the models in `extract/models/` on annotated reports; the heads need the extra `dev`, the reader `train`."""
