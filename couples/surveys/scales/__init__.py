"""The published scale: data files outside the code licence, and how they are scored."""
