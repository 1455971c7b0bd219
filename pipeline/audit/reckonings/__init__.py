"""What is multiplied, rises or falls, against what it is reckoned from."""
