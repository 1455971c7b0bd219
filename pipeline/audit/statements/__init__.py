"""What a document tells twice: one thing, two values."""
