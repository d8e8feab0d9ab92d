"""JSON as a request's body: its bytes as they came, up to a limit, and what they say."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from kpis.submissions.reading import longform_shape
from kpis.submissions.reading.longform_shape import (
    MOST_WORDS,
    Longform,
    NotJson,
    NotLongform,
    TooManyRows,
    parse_longform,
)
from oversight.storage import BLOCK
from vendors.api.ground.refusals import TooLarge, WrongShape


class JsonBody(BaseParser):
    """Hand the body on as bytes; more than is taken is refused before it is read to its end."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the bytes; raises TooLarge."""
        found = bytearray()
        while block := stream.read(BLOCK):
            found += block
            if len(found) > longform_shape.MOST_BYTES:
                raise TooLarge(f"As JSON up to {MOST_WORDS} are taken. Send files.")
        return bytes(found)


def longform_of(content: bytes) -> Longform:
    """Return what the body says; raises the refusal that fits: 400, 413 or 422."""
    try:
        return parse_longform(content)
    except NotJson as refusal:
        raise ParseError(str(refusal)) from refusal
    except TooManyRows as refusal:
        raise TooLarge(f"{refusal} Send files.") from refusal
    except NotLongform as refusal:
        raise WrongShape(str(refusal), refusal.findings) from refusal
