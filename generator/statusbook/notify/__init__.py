"""Updates -> channels: nothing is sent yet."""
