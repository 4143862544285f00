"""Jobs run in this process: for tests of what the web does with them, where the pool is not what is tested."""

from __future__ import annotations

import pickle
from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

from uprgraph.search import open_search
from uprgraph.server.jobs import Dataset, job

_THREAD = ThreadPoolExecutor(1)
"""The only thread that may use the index."""


@cache
def dataset() -> Dataset:
    """Return the shipped graph with its index, opened once."""
    search = _THREAD.submit(open_search).result()
    return Dataset(search.graph, search, "shipped")


class InProcess:
    """Runs each job at once; what goes in and out is pickled, as between processes."""

    def __init__(self, served: Dataset | None = None) -> None:
        self._dataset = served or dataset()
        self.ran: list[str] = []

    @property
    def version(self) -> str:
        return self._dataset.version

    async def run(self, name: str, /, client: str = "", **arguments: object) -> object:
        self.ran.append(name)
        taken = pickle.loads(pickle.dumps(arguments))  # noqa: S301 - our own
        work = partial(job(name), self._dataset, **taken)
        return pickle.loads(pickle.dumps(await get_running_loop().run_in_executor(_THREAD, work)))  # noqa: S301
