"""Fetch libraries for browsers from the npm registry, as scripts/assets.toml lists them.

Usage: scripts/fetch_assets.py [site|tests]

Those of the site (charts, the editor) go where it serves them; without them it works, more plainly.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from _main import run
from uprgraph import files, resources
from uprgraph.errors import ResourceError


def main(group: str = "site") -> str:
    """Fetch each package of a group, check it, and take out the files that are wanted."""
    listed = tomllib.loads(files.read_text(Path(__file__).with_name("assets.toml")))
    if group not in listed:
        raise ResourceError(f"there is no group {group!r}", f"the groups are: {', '.join(listed)}")
    for name, package in listed[group]["packages"].items():
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", f"{name}@{package['version']}", "--silent", "--pack-destination", folder]
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
            packed = next(Path(folder).glob("*.tgz"), None)
            digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() if packed else "nothing"
            if packed is None or package["integrity"] != f"sha512-{digest}":
                raise ResourceError(f"{name} {package['version']} was not fetched: there is {digest}")
            with tarfile.open(packed) as archive:
                archive.extractall(folder, filter="data")
            for target, source in package["files"].items():
                place = resources.root() / listed[group]["folder"] / target
                place.parent.mkdir(parents=True, exist_ok=True)
                taken = Path(folder) / "package" / source
                shutil.copytree(taken, place, dirs_exist_ok=True) if taken.is_dir() else shutil.copy(taken, place)
    return f"fetched {', '.join(listed[group]['packages'])} into {listed[group]['folder']}"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
