"""`python -m extract.training reader`: train what the program has learnt."""

from __future__ import annotations

import sys

from extract.training import reader

if __name__ == "__main__":
    if sys.argv[1:2] != ["reader"]:
        sys.exit("usage: python -m extract.training reader [--help]")
    sys.exit(reader.main(sys.argv[2:]))
