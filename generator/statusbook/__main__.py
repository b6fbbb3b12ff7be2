"""`python -m statusbook` is the command `statusbook`."""

import sys

if __name__ == "__main__":
    try:
        from statusbook.cli import main

        main()
    except KeyboardInterrupt:  # while modules are loaded; later the command line sees to it
        sys.stderr.write("stopped\n")
        sys.exit(130)
