"""Backups of the database: files that ``pg_restore`` reads, written by PostgreSQL's own ``pg_dump``."""
