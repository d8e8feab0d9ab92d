"""How large a submitted file may be before it is refused. Numbers only."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class IntakeLimits:
    """Bounds of one file: bytes as received, and what unpacking it may cost."""

    max_bytes: int = 100 * MEGABYTE
    max_rows: int = 1_000_000
    max_columns: int = 2_000
    max_cells: int = 25 * MEGABYTE
    max_sheets: int = 100
    max_members: int = 2_000
    max_compressed_ratio: float = 200.0
    # Ratio is not judged below this size: small, very regular sheets compress well.
    ratio_floor_bytes: int = 20 * MEGABYTE
    max_uncompressed_bytes: int = 1_000 * MEGABYTE
    max_line_characters: int = 1_000_000
    # Of the process that reads, beyond what it begins with, and of the clock for one file.
    max_memory_bytes: int = 2_500 * MEGABYTE
    max_seconds: int = 300
    # Banner, header and totals rows that a sheet may have beside its `max_rows` rows of data.
    max_other_rows: int = 100

    @property
    def last_row(self) -> int:
        """The last spreadsheet row that is taken."""
        return self.max_rows + self.max_other_rows
