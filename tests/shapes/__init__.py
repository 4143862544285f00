"""Tests of the SHACL shapes: each constraint has a fixture that breaks it and nothing else."""
