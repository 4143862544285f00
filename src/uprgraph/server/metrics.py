"""Numbers about what the server does, in the text format of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds at which the classes of duration end."""


class Metrics:
    """Requests by route, method and status; their durations by route; bytes sent.

    Routes are patterns ("/states/{key}"), so that there are no more of them than the site has.
    """

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._durations: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self._bytes = 0

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count a request that has been answered."""
        self._requests[route, method, status] += 1
        classes = self._durations.setdefault(route, [0] * (len(_BOUNDS) + 1))
        classes[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[route] += seconds  # type: ignore[assignment] # a counter of seconds
        self._bytes += size

    def text(self, gauges: dict[str, tuple[str, float]]) -> str:
        """Return everything as text, with numbers of this moment: by name, with what they are."""
        return "\n".join([*self._lines(), *_gauges(gauges)]) + "\n"

    def _lines(self) -> Iterator[str]:
        name = "uprgraph_http_requests_total"
        yield from _head(name, "counter", "Requests that were answered.")
        for (route, method, status), number in sorted(self._requests.items()):
            yield f'{name}{{route="{_quoted(route)}",method="{_quoted(method)}",status="{status}"}} {number}'
        name = "uprgraph_http_request_duration_seconds"
        yield from _head(name, "histogram", "How long it took until an answer was sent.")
        for route, classes in sorted(self._durations.items()):
            label = f'route="{_quoted(route)}"'
            for bound, number in zip((*map(str, _BOUNDS), "+Inf"), accumulate(classes), strict=True):
                yield f'{name}_bucket{{{label},le="{bound}"}} {number}'
            yield f"{name}_sum{{{label}}} {self._seconds[route]:.6f}"
            yield f"{name}_count{{{label}}} {sum(classes)}"
        name = "uprgraph_http_response_bytes_total"
        yield from _head(name, "counter", "Bytes of the bodies of answers.")
        yield f"{name} {self._bytes}"


def _gauges(gauges: dict[str, tuple[str, float]]) -> Iterator[str]:
    for name, (what, value) in gauges.items():
        yield from _head(name, "gauge", what)
        yield f"{name} {value:g}"


def _head(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} {kind}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
