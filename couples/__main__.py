"""`python -m couples` is the same as `couples`."""

import sys

# The supervisor runs for as long as the service: it does not even load a command line.
if sys.argv[1:] == ["up"]:
    from couples.supervisor import main
else:
    from couples.cli import main

main()
