"""A MkDocs build -> the same build without Statusbook's data files, stopped by faulty sources."""
