"""Topics: the rights and principles that words concern."""
