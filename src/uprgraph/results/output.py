"""The old place of `uprgraph.files.write`."""

from __future__ import annotations

from uprgraph.files import write as write_file

__all__ = ["write_file"]
