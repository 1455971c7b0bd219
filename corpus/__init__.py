"""Sample documents of our own writing: annotated sources, what is laid out from them, and their gold."""
