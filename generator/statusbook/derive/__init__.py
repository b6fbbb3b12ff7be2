"""Facts that follow from the records at a moment: pure, no clock, no file."""
