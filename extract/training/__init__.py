"""Training of what the reader learns, from annotated reports. Needs the extra `train`; the program
itself does not."""
