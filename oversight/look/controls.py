"""Form fields made ready for `_field.html`: classes, descriptions, kind of control."""

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString


def control_kind(field: BoundField) -> str:
    """Say how a field is laid out: "hidden", "group", "check", "file", "select" or "text"."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "select" if isinstance(widget, forms.Select) else "text"


def described_by(field: BoundField) -> str:
    """Name the help and error texts of a field, as `_field.html` numbers them."""
    parts = [f"{field.auto_id}_help"] if field.help_text else []
    parts += [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(parts)


def control_html(field: BoundField) -> SafeString:
    """Render the bare control. A placeholder that only repeats the label is dropped."""
    widget = field.field.widget
    kind = control_kind(field)
    own = {"select": "form-select", "check": "form-check-input", "group": "form-check-input"}
    attrs: dict[str, str | bool] = {
        "class": f"{widget.attrs.get('class', '')} {own.get(kind, 'form-control')}".strip()
    }
    if description := described_by(field):
        attrs["aria-describedby"] = description
    if field.errors:
        attrs["aria-invalid"] = "true"
    if _says_again(str(widget.attrs.get("placeholder", "")), str(field.label)):
        widget.attrs.pop("placeholder", None)
    return SafeString(field.as_widget(attrs=attrs))


def _says_again(placeholder: str, label: str) -> bool:
    one, other = placeholder.lower(), label.lower()
    return one in other or other in one


def option_tags(field: BoundField) -> list[tuple[SafeString, str]]:
    """List the options of a radio or checkbox group as (control, words)."""
    field.field.widget.attrs["class"] = "form-check-input"
    return [(SafeString(option.tag()), str(option.choice_label)) for option in field.subwidgets]
