"""A longer look: sixteen questions of a published scale, offered twice a year, for oneself."""
