"""A look back each half year: the same quiet page for both."""
