"""Making a workbook reproducible: openpyxl writes the time of day into it, in two places."""

import zipfile
from pathlib import Path

FIXED = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<dc:creator>Oversight</dc:creator></cp:coreProperties>"
)
BLOCK = 1024 * 1024


def normalise(path: Path) -> None:
    """Write the workbook anew without times: the same content gives the same bytes."""
    target = path.with_suffix(".fixed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=_content_types_first):
            info = zipfile.ZipInfo(name, date_time=FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.file_size = old.getinfo(name).file_size
            with old.open(name) as source, new.open(info, "w") as kept:
                if name == PROPERTIES:
                    kept.write(CORE)
                    continue
                while block := source.read(BLOCK):
                    kept.write(block)
    target.replace(path)


def _content_types_first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name
