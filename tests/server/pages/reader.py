"""A page as a test reads it: its links, the ids of its elements, and its words."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What stands in a page; `wrong` are scripts and styles within it, which no page may have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.marked: dict[str, str] = {}
        self.words = ""
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []
        if (tag == "script" and "src" not in found) or tag == "style":
            self.wrong.append(tag)
        self.wrong += [name for name in found if name == "style" or name.startswith("on")]
        self._open.append((tag, found.get("id")))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        self.words += data
        for tag, each in self._open:
            if tag == "mark" and each:
                self.marked[each] = self.marked.get(each, "") + data

    @property
    def text(self) -> str:
        """The words, with white space folded."""
        return " ".join(self.words.split())
