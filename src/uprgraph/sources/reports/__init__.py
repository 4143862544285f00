"""Reading the text of reports of the Working Group: lines, numbered paragraphs, recommendations and their States."""
