"""From what was recognised in a document to a dossier in the project's own layout.

`dossier` makes the statements, `description` what source.toml says, `writing` the folder; `accounting` says for each
character of the source what became of it.
"""

from __future__ import annotations

from uprgraph.extraction.drafting.dossier import Dossier, drafted
from uprgraph.extraction.drafting.writing import write

__all__ = ["Dossier", "drafted", "write"]
