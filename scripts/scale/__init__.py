"""A large number of couples in a PostgreSQL of its own, and a day in their life."""
