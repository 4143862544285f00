"""Triplestores: what each kind is like, loading graphs into them, and reading back what they have."""
