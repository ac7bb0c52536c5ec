"""Exports to a bucket, on moto's server over a socket: whole objects, encrypted where asked, the manifest last."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

import object_store
from adapters.exports.bucket import StoreSettings
from adapters.exports.s3_store import S3Store
from api.wiring import House
from application.ports.exports import ExportFailed
from domain.exports.destination import Bucket
from domain.refusals import Invalid
from domain.streams import RUN
from examples import IN_SESSION, open_example
from exported import as_it_stands, asked
from object_store import BUCKET, objects
from over_http import configuration

SETTINGS = StoreSettings("key", "a secret of tests", region="eu-west-2")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a store with nothing in it."""
    with object_store.served() as found:
        yield found


@pytest.fixture
def store(endpoint: str, house: House) -> Iterator[Any]:
    """The store as its owner sees it, with a bucket, and a house that may write there."""
    house.ledger.clock = lambda: IN_SESSION
    house.object_store = replace(SETTINGS, endpoint=endpoint)
    open_example(house)
    with object_store.bucket(endpoint) as client:
        yield client


def test_an_export_goes_into_the_bucket_below_its_prefix(house: House, store: Any) -> None:
    """The files are those that the log tells of, and nothing is left on the way."""
    run = asked(house, "orders", "csv", destination=f"s3://{BUCKET}/tax/2026")
    house.execute_run(run.id)
    row = as_it_stands(house, run)
    assert (row["status"], row["place"]) == ("success", f"s3://{BUCKET}/tax/2026/{run.id}")
    found = {
        key.rpartition("/")[2]: hashlib.sha256(content).hexdigest() for key, content in objects(store).items()
    }
    assert found == {each["name"]: each["sha256"] for each in row["files"]}
    assert {key.rpartition("/")[0] for key in objects(store)} == {f"tax/2026/{run.id}"}
    assert [*house.exports_folder.glob("**/*.csv")] == []


def test_what_an_earlier_attempt_brought_there_whole_is_not_brought_again(house: House, store: Any) -> None:
    """Its manifest is believed."""
    run = asked(house, "ledger", destination=f"s3://{BUCKET}")
    house.execute_run(run.id)
    key = f"{run.id}/manifest.json"
    manifest = json.loads(objects(store)[key])
    store.delete_object(Bucket=BUCKET, Key=f"{run.id}/ledger.parquet")
    place = house.export_places.place(f"s3://{BUCKET}", run.id)
    assert json.loads(place.manifest() or b"") == manifest
    state = house.ledger.load(RUN, run.id).state
    assert state is not None
    house.write_export(replace(state, export_written=None))
    assert [*objects(store)] == [key]


@pytest.mark.parametrize(("encryption", "kms_key"), [("AES256", None), ("aws:kms", "alias/exports")])
def test_the_store_is_asked_to_encrypt_what_it_keeps(
    house: House, store: Any, encryption: str, kms_key: str | None
) -> None:
    assert house.object_store is not None
    house.object_store = replace(house.object_store, encryption=encryption, kms_key=kms_key)
    run = asked(house, "ledger", destination=f"s3://{BUCKET}")
    house.execute_run(run.id)
    head = store.head_object(Bucket=BUCKET, Key=f"{run.id}/ledger.parquet")
    assert head["ServerSideEncryption"] == encryption
    assert head.get("SSEKMSKeyId") == kms_key


def test_a_large_file_goes_in_parts_and_arrives_whole(store: Any, house: House) -> None:
    """More than two parts."""
    assert house.object_store is not None
    path = house.exports_folder / "large"
    path.parent.mkdir()
    path.write_bytes(bytes(range(256)) * (40 << 12))
    S3Store(house.object_store).put(path, BUCKET, "large")
    head = store.head_object(Bucket=BUCKET, Key="large")
    assert head["ETag"].endswith('-3"')
    assert objects(store)["large"] == path.read_bytes()


def test_a_store_that_does_not_take_it_fails_the_export_in_words_without_its_key(
    house: House, store: Any
) -> None:
    run = asked(house, "ledger", destination="s3://nobodys-bucket/secret")
    house.execute_run(run.id)
    row = as_it_stands(house, run)
    assert (row["status"], row["summary"]) == (
        "failed",
        "The store did not take the export into the bucket nobodys-bucket: NoSuchBucket.",
    )
    assert SETTINGS.secret_key not in repr(house)


def test_a_store_that_is_away_fails_the_export(house: House, store: Any) -> None:
    assert house.object_store is not None
    away = S3Store(replace(house.object_store, endpoint="http://127.0.0.1:9"))
    with pytest.raises(ExportFailed, match="EndpointConnectionError"):
        away.read(BUCKET, "any")


def test_without_keys_no_bucket_is_a_destination(house: House) -> None:
    with pytest.raises(Invalid, match="No object store is configured here"):
        asked(house, "ledger", destination=f"s3://{BUCKET}")


def test_only_buckets_that_are_named_are_destinations(house: House, store: Any) -> None:
    """By their whole name, and below whole parts of a prefix; the folder of exports is always one."""
    house.export_buckets = [Bucket("other", ""), Bucket(BUCKET, "tax/2026")]
    for refused in (f"s3://{BUCKET}", f"s3://{BUCKET}/tax", f"s3://{BUCKET}/tax/20261", "s3://others"):
        with pytest.raises(Invalid, match="BALLAST_EXPORT_DESTINATIONS does not name"):
            asked(house, "ledger", destination=refused)
    run = asked(house, "ledger", destination=f"s3://{BUCKET}/tax/2026/may")
    for allowed in ("s3://other/whatever", f"s3://{BUCKET}/tax/2026", "file:2026"):
        asked(house, "ledger", destination=allowed)

    house.execute_run(run.id)

    assert as_it_stands(house, run)["status"] == "success"


def test_where_people_sign_in_no_bucket_is_one_unless_it_is_named() -> None:
    assert configuration().export_buckets() is None
    assert configuration(auth="password").export_buckets() == ()
    named = configuration(auth="password", export_destinations="s3://a-bucket, s3://other/2026/")
    assert named.export_buckets() == [Bucket("a-bucket", ""), Bucket("other", "2026")]
    for wrong in ("file:2026", "a-bucket", "s3://A"):
        with pytest.raises(ValidationError):
            configuration(export_destinations=wrong)


@pytest.mark.parametrize(
    ("planted", "summary"),
    [
        (b" " * ((1 << 20) + 1), "is too large to be ours"),
        (b"{}", "as a manifest is none"),
        (None, "is another export's"),
    ],
)
def test_a_manifest_that_somebody_else_has_put_there_is_not_believed(
    house: House, store: Any, planted: bytes | None, summary: str
) -> None:
    run, other = (asked(house, "ledger", destination=f"s3://{BUCKET}") for _ in range(2))
    house.execute_run(other.id)
    content = planted or objects(store)[f"{other.id}/manifest.json"]
    store.put_object(Bucket=BUCKET, Key=f"{run.id}/manifest.json", Body=content)

    house.execute_run(run.id)

    row = as_it_stands(house, run)
    assert row["status"] == "failed"
    assert summary in row["summary"]
