"""The first page, and what this is."""

from __future__ import annotations

import importlib.metadata

from starlette.requests import Request
from starlette.responses import Response

from uprgraph.catalog import catalogue
from uprgraph.server.jobs.pages import Answers, Choice, Counts
from uprgraph.server.pages.citing import cited
from uprgraph.server.pages.rendering import Pages

DEMO = "opinions-by-right"
ASKED = (
    *("open-concerns", "law-adoption", "reviews-and-opinions-by-right", "recommendations-by-right"),
    *("opinion-uptake", "recommendations-at-review", "acceptance-by-issue", "statistics-vs-benchmarks"),
)
"""The questions that the first page names."""


async def home(pages: Pages, request: Request) -> Response:
    """Return the first page: the question people ask most, the others, and how much there is to ask about."""
    demo = catalogue.shipped().question(DEMO)
    counts: Counts = await pages.run(request, "pages.counts")
    lists: dict[str, list[Choice]] = await pages.run(request, "pages.pick_lists", parameters=demo.parameters)
    questions = [catalogue.shipped().question(name) for name in ASKED]
    return pages.page(request, "home.html", counts=counts, lists=lists, demo=demo, questions=questions)


async def about(pages: Pages, request: Request) -> Response:
    """Return the page on licences, sources, how to cite, and what is not in the graph."""
    found: Answers = await pages.run(request, "pages.ask", asked={"datasets": ("datasets", {})})
    version = importlib.metadata.version("uprgraph")
    return pages.page(
        request,
        "about.html",
        labels=found.labels,
        datasets=found["datasets"],
        citation=cited(),
        installed=version,
        data=pages.site.jobs.version,
    )
