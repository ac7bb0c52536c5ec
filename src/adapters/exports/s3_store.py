"""Any store that speaks S3, through boto3, which takes a second to load: only who exports there imports this."""

from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError

from adapters.exports.bucket import StoreSettings
from application.ports.exports import ExportFailed

PART_BYTES = 16 << 20
SMALL_BYTES_MAX = 1 << 20
"""Of what is read whole: a manifest has some kilobytes."""

CONNECT_SECONDS, READ_SECONDS = 5, 60
TRIES = 4
MISSING = ("404", "NoSuchKey", "NotFound")


class S3Store:
    """An ObjectStore, spoken to when first needed."""

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401  # boto3 makes its clients at run time
        settings = self._settings
        return boto3.session.Session(
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            region_name=settings.region or "us-east-1",
        ).client(
            "s3",
            endpoint_url=settings.endpoint,
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                # A store under an address of one's own rarely has a name for each bucket.
                s3={"addressing_style": "path" if settings.endpoint else "auto"},
            ),
        )

    def read(self, bucket: str, key: str) -> bytes | None:
        """A small object's bytes, None where there is none. Raises ExportFailed, also for one that is not small."""
        try:
            content: bytes = self._client.get_object(Bucket=bucket, Key=key)["Body"].read(SMALL_BYTES_MAX + 1)
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return None
            raise _failed(bucket, error) from error
        except BotoCoreError as error:
            raise _failed(bucket, error) from error
        if len(content) > SMALL_BYTES_MAX:
            raise ExportFailed(f"What lies in the bucket {bucket} at {key} is too large to be ours.")
        return content

    def put(self, path: Path, bucket: str, key: str) -> None:
        """Send a file, in parts when it is large; the object appears when all of it has come. Raises ExportFailed."""
        transfer = TransferConfig(
            multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=2
        )
        try:
            self._client.upload_file(str(path), bucket, key, ExtraArgs=self._encrypted(), Config=transfer)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise _failed(bucket, error) from error

    def _encrypted(self) -> dict[str, str]:
        if self._settings.encryption is None:
            return {}
        key = {"SSEKMSKeyId": self._settings.kms_key} if self._settings.kms_key else {}
        return {"ServerSideEncryption": self._settings.encryption, **key}


def _failed(bucket: str, error: Exception) -> ExportFailed:
    code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    return ExportFailed(f"The store did not take the export into the bucket {bucket}: {code}.")
