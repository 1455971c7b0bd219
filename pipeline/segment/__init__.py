"""From normalised text to the form of a document: header, zones, section tree with roles."""
