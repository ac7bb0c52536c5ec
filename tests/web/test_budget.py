"""What a first visit has to fetch."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from api.configuration import BUILT_PAGE

FIRST_SCRIPTS_BYTES_MAX = 250 * 1024
FIRST_ROUTE = "src/routes/index.tsx"


def scripts_of(manifest: dict[str, Any], name: str, known: frozenset[str] = frozenset()) -> set[str]:
    """The files of a chunk and of all that it imports at once."""
    found = {manifest[name]["file"]}
    for each in manifest[name].get("imports", []):
        if each not in known:
            found |= scripts_of(manifest, each, known | {name})
    return found


def weight(files: set[str]) -> int:
    """What they weigh, compressed, in bytes."""
    return sum(len(gzip.compress((BUILT_PAGE / each).read_bytes())) for each in files)


def test_the_first_screen_is_light_and_charts_come_later() -> None:
    listed = Path(BUILT_PAGE) / ".vite/manifest.json"
    if not listed.is_file():
        pytest.skip("the page is not built: make page")
    manifest = json.loads(listed.read_text())
    first = [name for name in manifest if name == "index.html" or name.startswith(FIRST_ROUTE)]

    scripts = {file for name in first for file in scripts_of(manifest, name)}

    assert len(first) == 2
    assert weight(scripts) <= FIRST_SCRIPTS_BYTES_MAX
    assert not [each for each in scripts if "Chart" in each]
