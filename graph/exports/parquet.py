"""Parquet: what a column holds, by the names of types that schema.toml has. It needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from extract.model import SuyinError

if TYPE_CHECKING:
    import pyarrow as pa

#: Writes some rows; a value that a row lacks is null.
Writer: TypeAlias = Callable[[list[Mapping[str, Any]]], None]


def need_parquet(instead: str) -> None:
    """Raises SuyinError, which says what to do `instead`, where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - an extra
    except ImportError as err:
        raise SuyinError(
            "Parquet needs pyarrow, which is not installed: "
            f"make setup EXTRAS=dev,notebook,parquet, or {instead}"
        ) from err


@contextmanager
def parquet_file(file: Path | IO[bytes], columns: Mapping[str, str]) -> Iterator[Writer]:
    """A file of rows with these columns: name -> type; rows are written in batches, each a row group."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - the same

    schema = pa.schema([(name, _arrow(type_)) for name, type_ in columns.items()])
    with parquet.ParquetWriter(file, schema) as writer:
        yield lambda rows: writer.write_table(pa.Table.from_pylist([{**row} for row in rows], schema=schema))


def _arrow(type_: str) -> pa.DataType:
    """A type in the plural is a list of such values."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {"string": pa.string(), "integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_()}
    return kinds.get(type_) or pa.list_(kinds[type_.removesuffix("s")])
