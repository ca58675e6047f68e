"""`python -m couples` is the same as `couples`."""

from couples.cli import main

main()
