"""Which content comes in and which goes out: multipart in, JSON out."""

from typing import Any

from rest_framework.negotiation import BaseContentNegotiation


class JsonOnly(BaseContentNegotiation):
    """Answer in JSON whatever the request says that it accepts: there is nothing else."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """Return the parser for the content that was sent, None where there is none."""
        sent = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the one renderer."""
        return renderers[0], renderers[0].media_type
