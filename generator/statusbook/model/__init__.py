"""The records that people write and that pages may show."""
