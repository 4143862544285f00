"""Datasets of others, one module each, read strictly: each value is mapped, set aside by name, or an error."""
