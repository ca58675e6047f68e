"""Open questions to talk about: a list by topic and language that an operator may replace."""
