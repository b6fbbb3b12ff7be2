"""`python -m statusbook` is the command `statusbook`."""

import sys


def run() -> None:
    """Run the command line; an interrupt leaves no traceback, not even while modules are loaded."""
    try:
        from statusbook.cli import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
