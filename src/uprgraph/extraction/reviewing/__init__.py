"""Reviewing a drafted dossier: what is doubtful in it, what a curator decides, and what becomes of the dossier then."""
