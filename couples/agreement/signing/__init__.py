"""Terms, signatures and versions."""
