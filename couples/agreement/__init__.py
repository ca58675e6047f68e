"""From what each needs to what both sign."""
