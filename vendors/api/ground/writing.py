"""Writing through the API: the register's own forms check, its own services write.

A body holds the fields of the form. A change names the change that its sender last saw (`seen`,
from `last_change` of the record) and a reason; fields that it leaves out stay as they are.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as Refused
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.audit_trail.history import last_change_id
from vendors.access import Permission, actor_of, check_permission
from vendors.api.ground.bodies import body_of, importing_of
from vendors.api.ground.refusals import Conflict, RefusalSerializer
from vendors.api.ground.views import Address, ListAddress, RecordAddress
from vendors.register.book import Book, Importing
from vendors.register.forms import RecordForm
from vendors.register.saving import StaleRecordError

FIXED = "This does not change on a record."


class WithLastChange(serializers.Serializer):
    """A record that can be changed says how new it is."""

    last_change = serializers.SerializerMethodField(
        help_text="Send it back as `seen` with a change."
    )

    def get_last_change(self, row: Any) -> int:
        """Return the id of the record's latest change."""
        return last_change_id(row)


class Writes(Address):
    """An address that also writes; `book` says through which form and services."""

    book: ClassVar[Book]
    record: ClassVar[type[serializers.Serializer]]
    body: ClassVar[type[serializers.Serializer]]
    parser_classes = [JSONParser]

    def permission_needed(self) -> Permission:
        """Reading and writing are allowed apart."""
        writes = self.request.method not in ("GET", "HEAD", "OPTIONS")
        return Permission.EDIT_REGISTER if writes else self.permission

    def given(self, request: Request) -> dict[str, Any]:
        """Return the body, checked for its form."""
        body = self.body(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def answer(self, row: Any, code: int) -> Response:
        """Answer with the record as it is now."""
        return Response(self.record(row, context=self.get_serializer_context()).data, status=code)


class WritableList(Writes, ListAddress):
    """A list to which a record can be added."""

    def post(self, request: Request) -> Response:
        """Add a record."""
        importing, given = importing_of(self.book), self.given(request)
        into = _owner(importing, request.user, given)
        sponsors = (importing.owner.sponsor(into),)
        data: dict[str, Any] = {"reason": given.get("reason", "")}
        form = importing.form(data, user=request.user, sponsors=sponsors)
        _fill(form, data, given)
        actor, today = actor_of(request.user), timezone.localdate()
        return self.answer(
            _written(
                form, lambda: importing.create(actor, into, form.values(), data["reason"], today)
            ),
            status.HTTP_201_CREATED,
        )


class WritableRecord(Writes, RecordAddress):
    """A record that can be changed."""

    def patch(self, request: Request, pk: int) -> Response:
        """Change the record."""
        importing = importing_of(self.book)
        row = self.visible_record(pk)
        check_permission(request.user, Permission.EDIT_REGISTER, row)
        given = self.given(request)
        data: dict[str, Any] = {"reason": given["reason"], "seen": given["seen"]}
        sponsors = (importing.owner.sponsor(importing.owner.of(row)),)
        form = importing.form(data, instance=row, user=request.user, sponsors=sponsors)
        fixed = set(given) - set(form.fields) - {"reason", "seen"}
        if fixed:
            raise ValidationError({name: [FIXED] for name in sorted(fixed)})
        _fill(form, data, given)
        actor, today = actor_of(request.user), timezone.localdate()
        changed = _written(
            form,
            lambda: importing.change(
                actor, row, form.values(), given["seen"], given["reason"], today
            ),
        )
        return self.answer(changed, status.HTTP_200_OK)


def adding(view: type[WritableList]) -> type[WritableList]:
    """Give a list the body that it takes, and describe it (a class decorator)."""
    view.body = body_of(view.book, new=True)
    described = extend_schema(
        summary=f"Add to {view.book.title.lower()}",
        description="For the sponsor's people who may edit the register.",
        request=view.body,
        responses={201: view.record, 415: _refusal("Send application/json.")},
    )
    return extend_schema_view(post=described)(view)


def changing(view: type[WritableRecord]) -> type[WritableRecord]:
    """Give a record the body that it takes, and describe it (a class decorator)."""
    view.body = body_of(view.book, new=False)
    view.serializer_class = view.record
    described = extend_schema(
        summary=f"Change one of {view.book.title.lower()}",
        description="For the sponsor's people who may edit the register.",
        request=view.body,
        responses={
            200: view.record,
            409: _refusal("Somebody changed the record after `seen`."),
            415: _refusal("Send application/json."),
        },
    )
    return extend_schema_view(patch=described)(view)


def _refusal(words: str) -> OpenApiResponse:
    return OpenApiResponse(RefusalSerializer, words)


def _owner(importing: Importing, user: Any, given: Mapping[str, Any]) -> Any:
    choices = importing.owner.choices(user)
    name = importing.owner.title.lower()
    wanted = given.get(name)
    found = [one for _, one in choices if wanted in (None, one.pk)]
    if len(found) != 1:
        raise ValidationError({name: [f"Name one {name} that you may write into."]})
    return found[0]


def _fill(form: RecordForm, data: dict[str, Any], given: Mapping[str, Any]) -> None:
    """Put the body into the form's data; what it leaves out keeps what it has."""
    for name, field in form.fields.items():
        if name in ("reason", "seen"):
            continue
        value = given[name] if name in given else form.get_initial_for_field(field, name)
        if isinstance(value, list):
            value = ", ".join(value)
        elif isinstance(value, date):
            value = value.isoformat()
        if value is not False:
            data[name] = "" if value is None else value


def _written(form: RecordForm, write: Any) -> Any:
    if form.is_valid():
        try:
            return write()
        except StaleRecordError as stale:
            raise Conflict(str(stale)) from stale
        except Refused as error:
            form.refuse(error)
    raise ValidationError(
        {
            "record" if name == "__all__" else name: [str(one) for one in sentences]
            for name, sentences in form.errors.items()
        }
    )
