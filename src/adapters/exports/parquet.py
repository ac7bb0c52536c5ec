"""Parquet of rows that come as CSV: read and written by pyarrow in blocks, so that memory stays flat."""

import io
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
from pyarrow import csv, parquet

from adapters.exports.hashing import Hashing
from application.ports.exports import ExportFailed
from domain.exports.columns import DECIMAL_DIGITS, DECIMAL_SCALE, Column, ColumnType

BLOCK_BYTES = 4 << 20
"""As much CSV is read at once; a row that is longer fails the export."""

GROUP_BYTES = 32 << 20
"""As much is written as a row group, the unit in which readers skip."""

TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "json": pa.string(),
    "decimal": pa.decimal128(DECIMAL_DIGITS, DECIMAL_SCALE),
    "moment": pa.timestamp("us", tz="UTC"),
    "integer": pa.int64(),
    "day": pa.date32(),
    "boolean": pa.bool_(),
}


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The columns as Arrow types them; what a column means goes with it."""
    return pa.schema(
        [
            pa.field(
                each.name, TYPES[each.type], metadata={"meaning": each.meaning} if each.meaning else None
            )
            for each in columns
        ]
    )


def write_parquet(columns: Sequence[Column], rows: Iterator[bytes], file: Hashing) -> None:
    """Write rows of CSV as Parquet. Raises ExportFailed for a number with more digits than the file can hold."""
    schema = schema_of(columns)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        try:
            for group in _groups(_batches(rows, schema)):
                writer.write_table(pa.Table.from_batches(group, schema))
        except pa.ArrowInvalid as error:
            raise ExportFailed(f"A value does not fit into a file of Parquet: {error}.") from error


def _batches(rows: Iterator[bytes], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    first = next(rows, None)
    if first is None:  # pyarrow takes a file without any row for a broken one
        return
    has_decimals = any(pa.types.is_decimal(each.type) for each in schema)
    with csv.open_csv(
        RowsAsFile(first, rows),
        read_options=csv.ReadOptions(column_names=schema.names, block_size=BLOCK_BYTES),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["true"],
            false_values=["false"],
        ),
    ) as reader:
        for batch in reader:
            if has_decimals:
                batch.validate(full=True)  # reading takes more digits than the type has
            yield batch


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    group: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        group.append(batch)
        size += batch.nbytes
        if size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


class RowsAsFile(io.RawIOBase):
    """Rows one after the other, as something to read from."""

    def __init__(self, first: bytes, rows: Iterator[bytes]) -> None:
        super().__init__()
        self._left = first
        self._rows = rows

    def readable(self) -> bool:
        """See io.IOBase."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most as many bytes, whole rows before the last."""
        blocks, length = [self._left], len(self._left)
        while length < size or size < 0:
            row = next(self._rows, None)
            if row is None:
                break
            blocks.append(row)
            length += len(row)
        read = b"".join(blocks)
        self._left = read[size:] if size >= 0 else b""
        return read[:size] if size >= 0 else read
