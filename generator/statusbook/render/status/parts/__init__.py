"""What several pages show: pieces of text, states, updates, bars, charts."""
