"""Typed tables as sealed Parquet files, and back."""

import hashlib
import io
import tempfile

import pandas as pd

from oversight import storage


def seal_table(table: pd.DataFrame, *, engine_order: tuple[str, ...]) -> tuple[str, str]:
    """Store `table`, sorted as the engine wants it; return SHA-256 of the file and of its rows."""
    order = [*engine_order, "file", "sheet", "row"]
    ordered = table.sort_values(order, kind="stable", na_position="last", ignore_index=True)
    with tempfile.TemporaryFile() as stream:
        ordered.to_parquet(stream, engine="pyarrow", compression="zstd", index=False)
        return storage.keep(stream), rows_sha256(ordered)


def open_table(sha256: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Return a sealed table, checked against its seal; raises storage.SealBroken."""
    return pd.read_parquet(
        io.BytesIO(storage.fetch_verified(sha256)), engine="pyarrow", columns=columns
    )


def rows_sha256(table: pd.DataFrame) -> str:
    """Return the hash of the rows as text, one per line, in the order of their origin.

    Independent of the Parquet writer and of the sorting, so that it can be compared for years.
    """
    canonical = table.sort_values(["file", "sheet", "row"], kind="stable")
    text = canonical.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S.%f", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()
