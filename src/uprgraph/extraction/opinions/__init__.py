"""Opinions: what they are called, where they are told of, and what is told of them."""
