"""What a body of a write may hold: the fields of the register's own form."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from rest_framework import serializers

from vendors.api.ground.filters import BIGGEST
from vendors.register.book import Book, Importing


def importing_of(book: Book) -> Importing:
    """Return how records of a book are written; only such books have addresses that write."""
    assert book.importing is not None  # noqa: S101  (tells the type checker)
    return book.importing


def body_of(book: Book, *, new: bool) -> type[serializers.Serializer]:
    """Return the serializer of a body: of a new record, or of a change."""
    importing = importing_of(book)
    form = importing.form
    fields: dict[str, Any] = {
        name: _field(form.base_fields[name]) for name in form._meta.fields or ()
    }
    if new:
        fields.setdefault(importing.owner.title.lower(), _field(forms.ModelChoiceField(None)))
        fields["reason"] = serializers.CharField(max_length=500, required=False, allow_blank=True)
    else:
        fields["seen"] = serializers.IntegerField(min_value=0, max_value=BIGGEST)
        fields["reason"] = serializers.CharField(max_length=500)
    name = f"{form._meta.model.__name__}{'New' if new else 'Change'}Serializer"
    return type(name, (serializers.Serializer,), {"__doc__": _about(new), **fields})


def _about(new: bool) -> str:
    if new:
        return "A new record; what is left out takes its usual value."
    return "A change; what is left out stays as it is."


def _field(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    optional: dict[str, Any] = {"required": False, "help_text": str(field.help_text)}
    if isinstance(field, forms.ModelChoiceField):
        return serializers.IntegerField(min_value=1, max_value=BIGGEST, allow_null=True, **optional)
    if isinstance(field, forms.ChoiceField):
        return serializers.CharField(max_length=60, allow_blank=True, **optional)
    if isinstance(field, forms.DateField):
        return serializers.DateField(allow_null=True, **optional)
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(min_value=0, max_value=32_767, **optional)
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(**optional)
    if isinstance(field, SimpleArrayField):
        names = serializers.CharField(max_length=100)
        return serializers.ListField(child=names, max_length=100, **optional)
    longest = getattr(field, "max_length", None) or 10_000
    return serializers.CharField(max_length=longest, allow_blank=True, **optional)
