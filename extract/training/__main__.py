"""`python -m extract.training heads`: train a model of Suyin; see extract/training/heads.py."""

from __future__ import annotations

import sys

from extract.training import heads

if __name__ == "__main__":
    if sys.argv[1:2] != ["heads"]:
        sys.exit("usage: python -m extract.training heads [--check | --figures | --gold DIR]")
    sys.exit(heads.main(sys.argv[2:]))
