"""When rounds open and close, and what the clock does about them."""
