"""Records -> problems: one function is one rule, and a rule has one code."""
