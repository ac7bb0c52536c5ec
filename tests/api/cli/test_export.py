"""``ballast export --kind`` and ``ballast verify --export``: files on the machine, and the proof of what is in them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import parquet
from typer.testing import CliRunner

from adapters.exports.hashing import sha256_of
from api.cli.main import app
from api.wiring import House
from domain.audit.chain import Head
from domain.refusals import Refusal
from examples import IN_SESSION, by_hand, open_example
from exported import asked, written
from kills.programs import PATIENCE_SECONDS


def ballast(house: House, data: Path, *words: str) -> tuple[int, str, str]:
    """The exit code of a command, what it printed, and what it said besides."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    environment: Mapping[str, str] = {**os.environ, **addresses, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode, done.stdout, done.stderr


def verified(file: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code of a verification, and what differs by it."""
    result = CliRunner().invoke(app, ["verify", "--export", str(file), "--json", *words])
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, json.loads(result.stdout)


def test_files_are_brought_to_a_new_folder_and_prove_themselves(house: House, tmp_path: Path) -> None:
    """Without a worker; the folder appears when all of it is there, and is not written to again."""
    open_example(house)
    folder = tmp_path / "for" / "the auditor"
    words = ["export", "--kind", "events", "--format", "parquet", "--to", str(folder)]
    code, said, besides = ballast(house, tmp_path, *words, "--json")
    assert code == 0, besides
    told = json.loads(said)
    assert (told["status"], told["folder"], told["place"]) == ("success", str(folder), f"file:{told['id']}")
    assert {each["name"]: each["sha256"] for each in told["files"]} == {
        path.name: sha256_of(path) for path in folder.iterdir()
    }
    code, found = verified(folder / "events.parquet")
    assert (code, found["ok"], found["events"], found["chain_head"]) == (
        0,
        True,
        told["up_to"],
        told["chain_head"],
    )

    code, _, besides = ballast(house, tmp_path, *words)
    assert (code, "is there already" in besides) == (2, True), besides


def test_where_there_is_no_export_it_says_why_and_ends_with_4(house: House, tmp_path: Path) -> None:
    open_example(house)
    (tmp_path / "exports").touch()
    code, said, besides = ballast(house, tmp_path, "export", "--kind", "ledger")
    assert (code, said, "There is no export: The folder" in besides) == (4, "", True), besides


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "csv"], "Say what to export"),
        (["--since", "2026-01-01T00:00:00Z", "--to", "there"], "--since, --to goes with --kind"),
        (["--year", "2026"], "--year goes with --kind"),
        (["--until", "2026-01-01T00:00:00Z"], "--until goes with --kind"),
        (["--format", "beancount", "--json"], "--json goes with --kind"),
        (["--kind", "ledger", "--output", "books"], "--output is where beancount goes"),
        (["--kind", "ledger", "--format", "beancount"], "leave --kind out"),
        (
            ["--kind", "statement", "--year", "2026", "--since", "2026-01-01T00:00:00Z"],
            "A year stands instead",
        ),
        (["--kind", "ledger", "--to", "s3://bucket/a"], "No object store is configured here"),
        (["--kind", "ledger", "--to", "file:../up"], "A path is names of letters"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    house: House, tmp_path: Path, words: list[str], sentence: str
) -> None:
    addresses = {
        "DATABASE_URL": house.database_url,
        "REDIS_URL": house.redis_url,
        "BALLAST_DATA": str(tmp_path),
    }
    result = CliRunner().invoke(app, ["export", *words], env=addresses)
    assert isinstance(result.exception, Refusal)
    assert sentence in str(result.exception)


def rewritten(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> Path:
    """A file of an export that somebody has changed; the manifest tells its new hash as well."""
    file = folder / name
    changed = change(parquet.read_table(file))
    parquet.write_table(changed, file)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][0] |= {"sha256": sha256_of(file), "rows": len(changed)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return file


def cell(table: pa.Table, column: str, row: int, text: str) -> pa.Table:
    """The table with another text in one cell."""
    values = table[column].to_pylist()
    values[row] = text
    place = table.schema.get_field_index(column)
    return table.set_column(
        place, table.schema.field(place), pa.array(values, table.schema.field(place).type)
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            lambda table: cell(
                table, "envelope", 2, table["envelope"][2].as_py().replace('"data":', '"data": ')
            ),
            "event",
        ),
        (lambda table: cell(table, "name", 2, "portfolio.cash_withdrawn.1"), "event"),
        (lambda table: cell(table, "actor", 2, "somebody"), "actor"),
        (lambda table: cell(table, "previous_hash", 2, "00" * 32), "link"),
        (lambda table: cell(table, "hash", 2, "00" * 32), "event"),
        (lambda table: pa.concat_tables([table[:2], table[3:]]), "missing event"),
        (lambda table: table[:-1], "missing event"),
    ],
    ids=["content", "name", "who", "link", "hash", "one taken out", "the last taken off"],
)
def test_whatever_is_changed_in_a_file_is_named(
    house: House, change: Callable[[pa.Table], pa.Table], named: str
) -> None:
    """Also where the manifest was changed with it."""
    open_example(house)
    export = written(house, asked(house, "events"))
    assert verified(export.folder / "events.parquet")[0] == 0
    code, found = verified(rewritten(export.folder, "events.parquet", change))
    assert (code, found["ok"]) == (1, False)
    assert named in {each["what"] for each in found["differences"]}
    assert {each["number"] for each in found["differences"]} <= {3, 4, found["differences"][-1]["number"]}


def test_lines_are_verified_as_they_stand(house: House) -> None:
    """To the byte: what says the same in other words is another event. A line that is none is said."""
    open_example(house)
    export = written(house, asked(house, "events", "jsonl"))
    file = export.folder / "events.jsonl"
    assert (verified(file)[0], verified(file)[1]["events"]) == (0, export.row["up_to"])
    content = file.read_bytes()
    lines = content.splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"data":', b'"data": ')
    file.write_bytes(b"".join(lines))
    code, found = verified(file)
    assert (code, {(each["number"], each["what"]) for each in found["differences"]}) == (
        1,
        {(None, "file events.jsonl"), (3, "event")},
    )
    file.write_bytes(content[:-9])
    result = CliRunner().invoke(app, ["verify", "--export", str(file)])
    assert f"Line {len(lines)} of {file} is no event" in str(result.exception)


def test_a_file_that_is_not_the_manifests_is_named(house: House) -> None:
    open_example(house)
    export = written(house, asked(house, "events", "csv"))
    file = export.folder / "events.csv"
    assert verified(file)[0] == 0
    file.write_bytes(file.read_bytes() + b"\r\n")
    code, found = verified(file)
    assert (code, [each["what"] for each in found["differences"]]) == (1, ["file events.csv"])
    assert arrow_csv.read_csv(file).num_rows == found["events"]


def test_a_chain_that_was_made_anew_is_told_by_heads_that_are_kept_elsewhere(
    house: House, tmp_path: Path
) -> None:
    open_example(house)
    export = written(house, asked(house, "events"))
    heads, file = tmp_path / "heads.jsonl", export.folder / "events.parquet"
    third = parquet.read_table(file)["hash"][2].as_py()
    for hash_then, code in ((third, 0), ("ab" * 32, 1)):
        heads.write_text(Head(number=3, hash=hash_then, at=IN_SESSION).model_dump_json() + "\n")
        found, said = verified(file, "--heads", str(heads))
        assert (found, [each["what"] for each in said["differences"]]) == (code, ["head"] * code)


def test_of_a_part_of_the_log_each_event_is_proven(house: House) -> None:
    """And it says that it is a part."""
    opened = open_example(house)
    house.request_run(by_hand(house), "dividends", opened.portfolio_id, None)
    open_example(house, symbol="PEP")
    export = written(house, asked(house, "events", "csv", portfolio_id=opened.portfolio_id))
    result = CliRunner().invoke(app, ["verify", "--export", str(export.folder / "events.csv")])
    assert result.exit_code == 0, result.output
    assert "It is a part of the log" in result.output
    assert "decided again" not in result.output


def test_what_is_no_export_of_events_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("number\r\n1\r\n")
    result = CliRunner().invoke(app, ["verify", "--export", str(file)])
    assert isinstance(result.exception, ValueError)
    assert "cannot be verified" in str(result.exception)
