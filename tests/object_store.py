"""An object store that speaks S3 over a socket, and a bucket in it as its owner sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "for-the-accountant"


@contextmanager
def served() -> Iterator[str]:
    """The address of a store with nothing in it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def bucket(endpoint: str) -> Iterator[Any]:
    """The store's client, with the bucket there, and gone at the end."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="other",
        aws_secret_access_key="other",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=BUCKET)
    yield client
    for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=each["Key"])
    client.delete_bucket(Bucket=BUCKET)


def objects(client: Any) -> dict[str, bytes]:
    """Everything in the bucket, by its key."""
    found = client.list_objects_v2(Bucket=BUCKET).get("Contents", ())
    return {each["Key"]: client.get_object(Bucket=BUCKET, Key=each["Key"])["Body"].read() for each in found}
