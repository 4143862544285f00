"""Every relative link of the documentation leads somewhere, and what README says where to find is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = {"build", "dist"}
FOLDERS = [each for each in ROOT.iterdir() if each.is_dir() and each.name[0] != "." and each.name not in BUILT]
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in folder.rglob("*.md"))])
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:")


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    found: Counter[str] = Counter()
    names = set()
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        name = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if found[name] else name)
        found[name] += 1
    return names | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


def broken(page: Path) -> list[str]:
    """Return the links of a page, to files and headings of the repository, that lead nowhere."""
    wrong = []
    for match in LINK.finditer(CODE.sub("``", page.read_text())):
        link = match[1] or match[2]
        if OUTSIDE.match(link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_there_are_links_and_a_broken_one_is_found(tmp_path: Path) -> None:
    assert len(LINK.findall((ROOT / "README.md").read_text())) > 10
    (tmp_path / "other.md").write_text("# A heading, `with` code\n\n## Two\n\n## Two\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](other.md) [b](other.md#a-heading-with-code) [c](#here) [d](https://example.org/none) `[e](none)`\n"
        "[f](none.md) [g](other.md#none) [h](#none) [i](other.md#two-1) [j][k]\n\n[k]: none.txt\n"
    )
    assert broken(page) == ["none.md", "other.md#none", "#none", "none.txt"]


def test_what_readme_says_where_to_find_is_there() -> None:
    section = (ROOT / "README.md").read_text().split("## Where does X live\n")[1].split("\n## ")[0]
    paths = [path for row in re.findall(r"^\| .+$", section, re.MULTILINE) for path in re.findall(r"`([^`]+)`", row)]
    assert len(paths) > 25
    for path in paths:
        found = ROOT.glob(re.sub(r"<[^>]+>", "*", path).rstrip("/"))
        assert [each for each in found if each.is_dir() == path.endswith("/")], f"{path} is not there"
