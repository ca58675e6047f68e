"""`./run audit`: other people's tools and a long fuzz against the running service."""
