"""Words typed on shared pages and not sent yet."""
