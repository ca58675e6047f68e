"""Letters that go by the clock, and how each person wants them."""
