"""UPR Graph: the Universal Periodic Review as linked data that answers questions.

import uprgraph

graph = uprgraph.open()                 # the shipped graph; open("store/"); open("https://.../sparql")
for row in graph.query("opinions-by-right", right="freedom of religion"):
    print(row.number, row.title, row.quote)
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from uprgraph.errors import UprGraphError
from uprgraph.version import __version__

if TYPE_CHECKING:
    from uprgraph.graph import Argument, Graph
    from uprgraph.results.rows import Results
    from uprgraph.transport.credentials import Credentials

__all__ = ["UprGraphError", "__version__", "open", "query"]


def open(  # noqa: A001 - as in gzip.open
    target: str | Path | None = None, timeout: float | None = None, credentials: Credentials | None = None
) -> Graph:
    """Open a graph: the shipped one without a target, a store in a directory, or a SPARQL endpoint's URL.

    `timeout`, in seconds, is how long an endpoint may take for one answer (60 if not given). `credentials` are a
    `uprgraph.transport.credentials.Credentials`; without them those in the URL count, in the environment
    (UPRGRAPH_USER and UPRGRAPH_PASSWORD, or UPRGRAPH_TOKEN) or in netrc. Raises ResourceError if the
    directory holds no store, UsageError for an empty target, another kind of URL, and a timeout that is not above zero
    or not for an endpoint.
    """
    from uprgraph.graph import open_graph

    return open_graph(target, timeout, credentials)


def query(name: str, /, **arguments: Argument) -> Results:
    """Ask the shipped graph one of the questions that come with the package; see `Graph.query`."""
    return _shipped().query(name, **arguments)


@cache
def _shipped() -> Graph:
    return open()
