"""In a scratch copy whose queries do not ask whose a row is, the database alone keeps people apart."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from estate import Estate
from people import token
from tenancy.test_matrix import numbers_of

TESTS = Path(__file__).parents[1]

PREDICATES = {
    "projections/members.py": [
        ("portfolio_id in (select portfolio_id from portfolio_members where member = %(member)s and present)",
         "portfolio_id is not null"),
        ("    return found is not None", "    return True"),
    ],
    "adapters/postgres/channels.py": [(" where owner = %s order by place", " where %s <> '' order by place")],
    "adapters/postgres/event_log.py": [("where principal = %s and key", "where %s <> '' and key")],
}  # fmt: skip
"""Every place where a query asks, and what stands there in the copy."""

ROW_SECURITY = {"api/http/acting.py": [("with acting_for(self._caller(scope)", "with acting_for(HOUSE")]}


def scratch(folder: Path, *edits: dict[str, list[tuple[str, str]]]) -> Path:
    """A copy of the program with some of its text replaced, each where it is sure to stand.

    What was compiled is copied too, with its times: only the files that are edited here need compiling again.
    """
    source = folder / "src"
    shutil.copytree(TESTS.parent / "src", source, ignore=shutil.ignore_patterns("*.egg-info"))
    for file, pairs in (item for edit in edits for item in edit.items()):
        text = (source / file).read_text()
        for before, after in pairs:
            assert before in text, (file, before)
            text = text.replace(before, after)
        (source / file).write_text(text)
    return source


def walked(estate: Estate, source: Path) -> dict[str, Any]:
    """What another person is answered by the program of this source."""
    house = estate.house
    asked = {
        "database_url": house.database_url,
        "redis_url": house.redis_url,
        "namespace": house.namespace,
        "token": token(estate.other)["secret"],
        "ids": estate.ids,
        "secrets": sorted(estate.secrets),
    }
    done = subprocess.run(
        [sys.executable, TESTS / "tenancy" / "walk.py"],
        input=json.dumps(asked),
        env=os.environ | {"PYTHONPATH": f"{source}:{TESTS}"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    assert Path(told["from"]).is_relative_to(source), told["from"]
    answers: dict[str, Any] = told["answers"]
    return answers


def test_without_any_predicate_no_foreign_row_shows(estate: Estate, tmp_path: Path) -> None:
    """Every route, with every predicate gone: no foreign id in an answer, none changed, and nothing breaks."""
    before = numbers_of(estate)

    answers = walked(estate, scratch(tmp_path, PREDICATES))

    assert {name: each["shown"] for name, each in answers.items() if each["shown"]} == {}
    assert [name for name, each in answers.items() if each["status"] >= 500] == []
    assert numbers_of(estate) == before


def test_without_row_security_it_is_the_predicates_that_keep_people_apart(
    estate: Estate, tmp_path: Path
) -> None:
    """Each of the two holds alone; with both gone, foreign rows show, or the walk would prove nothing."""
    kept = walked(estate, scratch(tmp_path / "kept", ROW_SECURITY))
    gone = walked(estate, scratch(tmp_path / "gone", PREDICATES, ROW_SECURITY))

    assert {name: each["shown"] for name, each in kept.items() if each["shown"]} == {}
    shown = {name for name, each in gone.items() if each["shown"]}
    assert {"GET /portfolios", "GET /positions/{position_id}", "GET /orders", "GET /events"} <= shown
    assert "POST /positions/{position_id}/pause" in shown
