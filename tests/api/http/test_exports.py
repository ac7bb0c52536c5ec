"""Exports over HTTP: asked for, written by a worker, fetched whole or in pieces, by nobody but who asked."""

import hashlib
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from adapters.exports.bucket import StoreSettings
from api.http.schemas.answer import Page
from api.http.schemas.exports import Export, ExportDestinations, ExportManifest
from api.wiring import House
from application.ledger import Cause
from domain.exports.destination import Bucket
from domain.exports.wanted import ExportWanted
from examples import eventually
from over_http import answered, fields, open_example, refused


def ask(client: TestClient, kind: str = "ledger", **body: Any) -> dict[str, Any]:
    """Ask for an export."""
    asked = client.post("/exports", json={"kind": kind, "format": "csv"} | body)
    Export.model_validate_json(asked.content)
    return answered(asked, 202)


def over(client: TestClient, export: dict[str, Any]) -> dict[str, Any]:
    """The export once it is over."""

    def look() -> dict[str, Any] | None:
        found = client.get(f"/exports/{export['id']}")
        Export.model_validate_json(found.content)
        return answered(found) if answered(found)["ended_at"] else None

    return eventually(look)


def test_an_export_is_asked_for_written_by_a_worker_and_fetched(live: TestClient) -> None:
    example = open_example(live)
    asked = ask(live, portfolio_id=example.portfolio_id, destination="file:2026/q4", year=2026)
    assert (asked["status"], asked["files"], asked["place"], asked["progress"]) == ("queued", [], None, None)
    done = over(live, asked)
    assert (done["status"], done["place"]) == ("success", f"file:2026/q4/{asked['id']}")
    assert (done["from"], done["to"]) == ("2026-01-01T00:00:00.000000Z", "2027-01-01T00:00:00.000000Z")
    ledger, manifest = done["files"]
    assert (ledger["name"], manifest["name"]) == ("ledger.csv", "manifest.json")
    assert done["summary"] == f"Wrote {ledger['rows']} rows in 1 file to {done['place']}."
    assert done["progress"] == {"rows_done": ledger["rows"], "rows_in_all": ledger["rows"]}

    address = f"/exports/{done['id']}/files"
    content = live.get(f"{address}/ledger.csv")
    assert hashlib.sha256(content.content).hexdigest() == ledger["sha256"]
    assert (len(content.content), content.headers["etag"]) == (ledger["bytes"], f'"{ledger["sha256"]}"')
    assert content.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert content.headers["content-disposition"] == 'attachment; filename="ledger.csv"'
    said = live.get(f"{address}/manifest.json")
    ExportManifest.model_validate_json(said.content)
    assert answered(said)["chain"] | {"at": None} == done["chain"] | {"at": None}
    assert answered(live.get(f"/runs/{done['id']}"))["kind"] == "export"
    asked_again = ask(live)
    assert [each["id"] for each in answered(live.get("/exports?limit=1"))["items"]] == [asked_again["id"]]
    both = live.get("/exports")
    Page[Export].model_validate_json(both.content)
    assert [each["id"] for each in answered(both)["items"]] == [asked_again["id"], done["id"]]
    rest = answered(live.get(f"/exports?after={answered(live.get('/exports?limit=1'))['next']}"))
    assert [each["id"] for each in rest["items"]] == [done["id"]]


@pytest.fixture
def exported(client: TestClient, house: House) -> dict[str, Any]:
    """A ledger that was exported."""
    open_example(client)
    asked = ask(client)
    house.execute_run(UUID(asked["id"]))
    return answered(client.get(f"/exports/{asked['id']}"))


def test_a_download_goes_on_where_it_stopped(client: TestClient, exported: dict[str, Any]) -> None:
    """By ranges of the one file that the ETag names."""
    address = f"/exports/{exported['id']}/files/ledger.csv"
    whole = client.get(address)
    size, etag = len(whole.content), whole.headers["etag"]
    for wanted, first, end in (
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, size),
        ("bytes=-5", size - 5, size),
        (f"bytes=7-{size * 2}", 7, size),
    ):
        part = client.get(address, headers={"Range": wanted, "If-Range": etag})
        assert part.status_code == 206
        assert part.content == whole.content[first:end]
        assert part.headers["content-range"] == f"bytes {first}-{end - 1}/{size}"
        assert part.headers["etag"] == etag
    for wanted in ("lines=1-2", "bytes=9-3", "bytes=a-b", "bytes=0-1,4-5", ""):
        assert client.get(address, headers={"Range": wanted}).status_code == 200
    other = client.get(address, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)
    for beyond in (f"bytes={size}-", "bytes=-0"):
        answer = client.get(address, headers={"Range": beyond})
        assert refused(answer, 416)["type"] == "/problems/range"
        assert answer.headers["content-range"] == f"bytes */{size}"
    known = client.get(address, headers={"If-None-Match": f'"other", W/{etag}'})
    assert (known.status_code, known.content) == (304, b"")


def test_a_file_that_is_none_of_it_or_has_gone_is_not_handed_out(
    client: TestClient, house: House, exported: dict[str, Any]
) -> None:
    address = f"/exports/{exported['id']}/files"
    for name in ("orders.csv", "..%2F..%2Fsecrets", "%2e%2e", ".unfinished"):
        refused(client.get(f"{address}/{name}"), 404)
    [file] = house.exports_folder.glob("*/ledger.csv")
    file.unlink()
    assert refused(client.get(f"{address}/ledger.csv"), 410)["type"] == "/problems/retired"
    assert client.get(f"{address}/manifest.json").status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "secrets"}, "kind"),
        ({"format": "xlsx"}, "format"),
        ({"format": None}, "format"),
        ({"destination": "file:/etc"}, "destination"),
        ({"destination": "file:../up"}, "destination"),
        ({"destination": "s3://bucket/a"}, "destination"),
        ({"destination": "https://example.com"}, "destination"),
        ({"from": "2026-01-02T00:00:00Z", "to": "2026-01-02T00:00:00Z"}, "to"),
        ({"from": "2026-01-02"}, "from"),
        ({"year": "2026"}, "year"),
        ({"year": 2026, "to": "2026-01-02T00:00:00Z"}, "year"),
        ({"since": "2026-01-02T00:00:00Z"}, "since"),
    ],
)
def test_what_cannot_be_exported_is_refused(client: TestClient, body: dict[str, Any], field: str) -> None:
    answer = client.post("/exports", json={"kind": "ledger", "format": "csv"} | body)
    assert fields(answer) == [field]
    assert answered(client.get("/exports"))["items"] == []


def test_the_same_key_asks_once(client: TestClient) -> None:
    body, key = {"kind": "events", "format": "parquet"}, {"Idempotency-Key": "k"}
    asked = [client.post("/exports", json=body, headers=key) for _ in range(2)]
    assert asked[0].content == asked[1].content
    assert len(answered(client.get("/exports"))["items"]) == 1


def test_nobody_else_knows_that_it_exists(live: TestClient, running: House) -> None:
    """Neither by its address, nor as a run, nor on the timeline; and another's portfolio is as good as none."""
    example = open_example(live)
    cause = Cause("ann", running.ledger.new_id())
    wanted = ExportWanted(what="events", form="csv", since=None, until=None, destination="file:of-ann")
    export_id = running.request_export(cause, "ann", wanted, None).answer.id
    eventually(lambda: running.log.newest(export_id, "run.ended.1"))
    with running.pool.connection() as connection:
        last = running.log.last_number(connection)

    refused(live.get(f"/exports/{export_id}"), 404)
    refused(live.get(f"/exports/{export_id}/files/events.csv"), 404)
    refused(live.get(f"/runs/{export_id}"), 404)
    timeline = live.get(f"/events?limit=1000&at_least={last}").text
    assert example.portfolio_id in timeline
    assert "of-ann" not in timeline
    assert str(export_id) not in timeline
    assert answered(live.get("/exports"))["items"] == []

    with running.pool.connection() as connection:
        connection.execute("update portfolio_members set present = false")
    body = {"kind": "ledger", "format": "csv", "portfolio_id": example.portfolio_id}
    refused(live.post("/exports", json=body), 404)


def test_it_is_told_where_an_export_may_go(client: TestClient, house: House) -> None:
    """Buckets only where there is a store to reach them; any at all for the person whose keys they are."""

    def told() -> tuple[list[str], bool]:
        answer = ExportDestinations.model_validate(answered(client.get("/exports/destinations")))
        return answer.items, answer.any_bucket

    named = [Bucket("exports", "ballast"), Bucket("vault", "")]
    assert told() == (["file:"], False)
    store = StoreSettings("key", "a secret of tests", endpoint="http://127.0.0.1:1")
    for buckets, expected in (
        (named, (["file:", "s3://exports/ballast", "s3://vault"], False)),
        ((), (["file:"], False)),
        (None, (["file:"], True)),
    ):
        house.object_store, house.export_buckets = store, buckets
        assert told() == expected
