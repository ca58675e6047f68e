"""Reading an agreement again when its day has come."""
