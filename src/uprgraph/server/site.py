"""What every part of the site has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from uprgraph.server.settings import Settings


class Runs(Protocol):
    """Whatever runs jobs: the pool of workers, or in tests this process."""

    @property
    def version(self) -> str:
        """A word that changes with the data, for ETags."""

    async def run(self, name: str, /, client: str = "", **arguments: object) -> object:
        """Return what a job of uprgraph.server.jobs returns.

        Raises the job's UprGraphError; QueryLimitError if it takes too much; BusyError if too many wait.
        """


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, and what runs jobs."""

    settings: Settings
    jobs: Runs
