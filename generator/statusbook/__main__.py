"""`python -m statusbook` is the command `statusbook`."""

from statusbook.cli import main

if __name__ == "__main__":
    main()
