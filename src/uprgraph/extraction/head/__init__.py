"""The head of a document: the State, the session, and what the State is to the OSCE."""
