"""What happens while a file is on its way in: it streams to disk, and stops at the limit.

A form is read before its page is asked for (the token against forgery is in it), so this is also
where a visitor's file is stopped: only somebody signed in may fill our disk.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Stop an upload whose files together pass MAX_UPLOAD_BYTES, and say so on the request.

    The view finds `request.upload_refused` set to the sentence for the uploader.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.upload_request = request
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take files only from somebody signed in."""
        super().new_file(*args, **kwargs)
        request: Any = self.request
        if hasattr(request, "user") and not request.user.is_authenticated:
            request.upload_refused = "Sign in before you send a file."
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what arrived and hand it on."""
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES:
            self.upload_request.upload_refused = too_large_sentence()
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the finished file to the next handler."""


def too_large_sentence() -> str:
    """Say how large a file may be and what to do about one that is larger."""
    megabytes = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    return (
        f"The file is larger than {megabytes} MB, the most that is taken. "
        "Send the export of one study and period at a time."
    )
