"""Processes that run jobs beside the web server, where they can be stopped.

    web server ── asks for workers and for their end ──> zygote: has the dataset open, and one thread
        │                                                   │ forks, so that memory is shared
        └───────── jobs and their outcomes ────────────> workers, one job at a time each

The zygote is a fresh interpreter, since a process with threads cannot be forked safely.
"""

from uprgraph.server.pool.admission import ClientBusyError
from uprgraph.server.pool.pool import Pool

__all__ = ["ClientBusyError", "Pool"]
