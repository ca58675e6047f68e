"""Topics: their order, and where they go."""
