"""The runbook's scripts with which an auditor walks the chain of an exported file, run as they are written there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.wiring import House
from examples import IN_SESSION, open_example
from exported import asked, written

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"
FOLDERS = {"parquet": "for-the-auditor", "jsonl": "lines-for-the-auditor"}


def script(form: str) -> str:
    """The script that reads this form of file."""
    blocks = re.findall(r"```python\n(.*?)```", RUNBOOK.read_text(), re.DOTALL)
    [found] = (each for each in blocks if f"{FOLDERS[form]}/events.{form}" in each)
    return str(found)


def walked(form: str, folder: Path) -> tuple[int, str]:
    """The exit code of the script in a folder, and the last line that it said."""
    done = subprocess.run(
        [sys.executable, "-c", script(form)],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, (done.stderr.splitlines() or [""])[-1]


@pytest.mark.parametrize("form", FOLDERS)
def test_an_auditor_walks_the_chain_with_the_runbooks_script(house: House, tmp_path: Path, form: str) -> None:
    """It ends well with what was exported. With lines, one changed byte of any event is named by its number."""
    house.ledger.clock = lambda: IN_SESSION
    open_example(house)
    events = written(house, asked(house, "events", form))
    shutil.copytree(events.folder, tmp_path / FOLDERS[form])
    assert walked(form, tmp_path) == (0, "")
    if form != "jsonl":
        return
    file = tmp_path / FOLDERS[form] / "events.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    for number in (1, 3, len(lines)):
        changed = [*lines]
        changed[number - 1] = changed[number - 1].replace(b'"data":', b'"data": ', 1)
        file.write_bytes(b"".join(changed))
        assert walked(form, tmp_path) == (1, f"AssertionError: {number}")
