"""Whether each cited document is the right one, written right, and in force."""
