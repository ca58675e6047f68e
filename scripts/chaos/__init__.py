"""`./run chaos`: any process killed at any time while people live through three rounds."""
