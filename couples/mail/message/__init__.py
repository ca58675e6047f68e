"""A letter as the bytes a mail server takes: headers and bodies, signature, envelope sender."""
