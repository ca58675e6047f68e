"""Questions of the couple's own: suggested by one, asked once the other says yes."""
