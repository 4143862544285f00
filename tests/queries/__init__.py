"""Tests of the questions in queries/: fixtures by path, both engines, and rows that the shipped graph must give."""
