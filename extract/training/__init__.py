"""Trains the models in `extract/models/` on annotated reports; needs the extra `train`."""
