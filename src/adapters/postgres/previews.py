"""Previews of imports, with every row as it stood in the file."""

from uuid import UUID

from adapters.postgres.pool import Pool
from application.ports.statements import Preview
from domain.statements.statement import Statement


class PostgresPreviews:
    """The application's Previews."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def keep(self, preview: Preview) -> None:
        """See application.ports.statements.Previews."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into import_previews (import_id, portfolio_id, file_name, sha256, statement, books_at)"
                " values (%s, %s, %s, %s, %s, %s) on conflict (import_id) do update set books_at = excluded.books_at",
                (
                    preview.import_id,
                    preview.portfolio_id,
                    preview.file_name,
                    preview.sha256,
                    preview.statement.model_dump_json(),
                    preview.books_at,
                ),
            )

    def find(self, portfolio_id: UUID, import_id: UUID) -> Preview | None:
        """See application.ports.statements.Previews."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select import_id, portfolio_id, file_name, sha256, statement, books_at from import_previews"
                " where portfolio_id = %s and import_id = %s",
                (portfolio_id, import_id),
            ).fetchone()
        return (
            Preview(**row | {"statement": Statement.model_validate_json(row["statement"])}) if row else None
        )
