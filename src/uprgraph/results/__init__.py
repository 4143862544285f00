"""Answers for people and programs: typed rows, files in the usual formats, data frames and plots."""
