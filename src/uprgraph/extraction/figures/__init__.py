"""Figures: numbers and days in words, stated counts, statistics and benchmarks."""
