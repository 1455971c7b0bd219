"""From mentions to identities: which decree, which agency of which place."""
