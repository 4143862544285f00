"""Claims: what became of laws, and whether concerns remain."""
