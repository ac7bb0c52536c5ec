"""Exports, made of what trades: asked for, written, and found again."""

from datetime import datetime
from functools import cached_property
from importlib import metadata
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.exports.bucket import ObjectStore
from adapters.exports.places import ExportPlaces
from adapters.postgres.export_progress import PostgresExportProgress
from api.wiring.trading import Trading
from application.exports.request_export import RequestExport
from application.exports.retire_exports import RetireExports
from application.exports.write_export import WriteExport
from domain.audit.chain import Stored
from projections import timeline
from projections.audit.chain import ChainEvents, StoredEvents
from projections.exports import written_before
from projections.exports.extracts import Extracts
from projections.follower import Follower
from projections.following import WriteReadModel


class Exporting(Trading):
    """What leaves the house as files. The libraries behind it are large, and loaded where one is written."""

    @cached_property
    def export_places(self) -> ExportPlaces:
        return ExportPlaces(self.exports_folder, self._object_store, self.export_buckets)

    @cached_property
    def request_export(self) -> RequestExport:
        return RequestExport(self.ledger, self.export_places.check)

    @cached_property
    def retire_exports(self) -> RetireExports:
        return RetireExports(self._exports_before, self.export_places, self.exports_kept)

    @cached_property
    def write_export(self) -> WriteExport:
        from adapters.exports.writing import write_file

        return WriteExport(
            self.ledger,
            Extracts(self.pool, self._follow_for_exports),
            self.export_places,
            write_file,
            PostgresExportProgress(self.pool),
            metadata.version("ballast"),
        )

    def chain_follower(self) -> Follower[Stored]:
        """What hashes every event once."""
        return Follower(self.database_url, StoredEvents(), ChainEvents())

    def _follow_for_exports(self, connection: Connection[dict[str, Any]]) -> None:
        """Bring the chain and the timeline up to the log's end, as their followers would a moment later."""
        self.chain_follower().catch_up(connection)
        Follower(self.database_url, self.log, WriteReadModel(timeline.READ_MODEL)).catch_up(connection)

    def _exports_before(self, moment: datetime) -> list[tuple[str, UUID]]:
        with self.pool.connection() as connection:
            return written_before(connection, moment)

    def _object_store(self) -> ObjectStore | None:
        if self.object_store is None:
            return None
        from adapters.exports.s3_store import S3Store

        return S3Store(self.object_store)
