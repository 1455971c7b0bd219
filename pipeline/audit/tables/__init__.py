"""Tables against themselves."""
