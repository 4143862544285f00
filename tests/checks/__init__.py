"""Tests of the checks in queries/checks/: each finds its problem, and nothing where there is none."""
