"""Answering a round: signed in, by the mailed link, and one's own past pages."""
