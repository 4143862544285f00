"""From a submission as text, DOCX or PDF to a draft dossier: what is read, recognised, drafted and reviewed."""
