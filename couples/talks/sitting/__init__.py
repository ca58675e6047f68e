"""The talk itself: its page, the listening layout, and what came of it."""
