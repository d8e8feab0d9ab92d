"""Every refusal has one form: `{"detail": sentence}`, with `fields` where input is wrong."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from oversight.storage import SealBroken


class RefusalSerializer(serializers.Serializer):
    """What was refused and why."""

    detail = serializers.CharField(help_text="A sentence for a person.")
    fields = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="What is wrong with each field, where the request's content is refused; of JSON "
        "rows by JSON pointer.",
    )


class Conflict(APIException):
    """The request does not fit what is there already."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This does not fit what is there already."


class TooLarge(APIException):
    """More was sent than is taken."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request is too large."


class WrongShape(APIException):
    """The content is well formed and not what is asked for; `findings` says where, by pointer."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY

    def __init__(self, sentence: str, findings: dict[str, list[str]]) -> None:
        super().__init__(sentence)
        self.findings = findings


class Unavailable(APIException):
    """What is kept under a seal cannot be read as it was sealed."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


def refuse(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into the one form of refusals; anything unforeseen stays an error."""
    if isinstance(error, ValidationError):
        return _wrong_input(error)
    if isinstance(error, WrongShape):
        refusal = {"detail": str(error.detail), "fields": error.findings}
        return Response(refusal, status=error.status_code)
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    elif isinstance(error, TooManyFieldsSent | TooManyFilesSent):
        error = ParseError("The request has too many parts.")
    elif isinstance(error, SealBroken):
        error = Unavailable(str(error))
    elif isinstance(error, FileNotFoundError):
        error = Unavailable("A stored file is missing; restore it from the backup.")
    return exception_handler(error, context)


def _wrong_input(error: ValidationError) -> Response:
    detail = error.detail
    if not isinstance(detail, dict):
        return Response({"detail": " ".join(_sentences(detail))}, status=error.status_code)
    fields = {name: list(_sentences(words)) for name, words in detail.items()}
    sentence = " ".join(f"{name}: {' '.join(words)}" for name, words in fields.items())
    return Response({"detail": sentence, "fields": fields}, status=error.status_code)


def _sentences(detail: Any) -> list[str]:
    if isinstance(detail, dict):
        return [words for inner in detail.values() for words in _sentences(inner)]
    if isinstance(detail, list):
        return [words for inner in detail for words in _sentences(inner)]
    return [str(detail)]


@csrf_exempt
def nowhere(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer for an address that the API does not have."""
    return JsonResponse({"detail": "The API has nothing at this address."}, status=404)
