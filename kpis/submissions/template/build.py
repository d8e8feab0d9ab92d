"""The whole workbook as bytes: the same facts give the same bytes."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpis.submissions.template.cover import write_cover
from kpis.submissions.template.definitions import write_definitions
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.lists import SHEET, begin_lists
from kpis.submissions.template.mark import sheet_name
from kpis.submissions.template.sheets import write_listing

FIXED = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>Oversight</dc:creator></cp:coreProperties>"
)

Progress = Callable[[str, float], None]


def build_template(facts: TemplateFacts, progress: Progress = lambda words, share: None) -> bytes:
    """Return the workbook; `progress` gets words and the share that is done."""
    workbook = Workbook()
    cover = workbook.active
    cover.title = "Cover"
    types = facts.types
    sheets = {listing.name: _sheet(workbook, sheet_name(listing)) for listing in types}
    definitions = _sheet(workbook, "Definitions")
    lists = begin_lists(_sheet(workbook, SHEET), facts)
    write_cover(cover, facts)
    _fit(cover)
    for place, listing in enumerate(types):
        progress(f"Writing {listing.title.lower()}", 0.9 * place / max(len(types), 1))
        write_listing(sheets[listing.name], listing, facts, lists)
    progress("Writing definitions", 0.9)
    write_definitions(definitions, facts)
    written = io.BytesIO()
    workbook.save(written)
    return _without_times(written)


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    _fit(sheet)
    return sheet


def _fit(sheet: Worksheet) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False


def _without_times(written: io.BytesIO) -> bytes:
    """Write the archive anew without the two times that openpyxl leaves in it."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            new.writestr(info, CORE if name == PROPERTIES else old.read(name))
    return fixed.getvalue()
