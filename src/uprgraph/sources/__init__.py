"""Datasets of others, one module each, read strictly: a value is mapped, set aside by name, or an error that is placed."""
