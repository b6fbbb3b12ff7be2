"""Other tools' files -> our files."""
