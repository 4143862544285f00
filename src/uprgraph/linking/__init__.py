"""Linking: which records of different sources are of the same recommendation."""
