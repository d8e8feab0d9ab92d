"""The form of a record about a provider, made from its kind."""

from typing import Any

from django import forms
from django.forms import modelform_factory

from vendors.dossier.kinds import Kind
from vendors.register.forms import RecordForm


def form_of(kind: Kind) -> type[RecordForm]:
    """Return the form of one kind, with its fields and the reason."""
    made: Any = modelform_factory(kind.model, form=RecordForm, fields=kind.fields)
    for field in made.base_fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 2
    form: type[RecordForm] = made
    return form
