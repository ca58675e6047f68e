"""Calendars: one talk as a file, and a person's private address for all of them."""
