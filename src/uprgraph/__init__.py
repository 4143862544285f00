"""UPR Graph: the Universal Periodic Review as linked data that answers questions."""

from __future__ import annotations

__version__ = "0.1.0"
