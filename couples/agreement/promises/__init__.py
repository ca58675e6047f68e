"""Promises: words suggested, answered and agreed under a topic."""
