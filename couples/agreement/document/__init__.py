"""The text of an agreement: as a value, as words, as a page and as a file."""
