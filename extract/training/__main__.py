"""`python -m extract.training heads`, `… names`, `… reader`: train a model of Suyin; --help says more."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    match arguments:
        case ["heads", *rest]:
            from extract.training import heads

            return heads.main(rest)
        case ["names", *rest]:
            from extract.training import names

            return names.main(rest)
        case ["reader", *rest]:
            from extract.training import reader

            return reader.main(rest)
    print("usage: python -m extract.training heads | names | reader [--help]", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
