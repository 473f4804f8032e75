"""`python -m cli`: the same as `suyin`."""

from cli import main

if __name__ == "__main__":  # a process that reads for another imports this file too
    main()
