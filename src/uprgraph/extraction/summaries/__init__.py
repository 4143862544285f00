"""Summaries of stakeholders' submissions: what ODIHR says in them."""
