"""Input about agreed limits and chosen KPIs."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms

from kpis.agreed.judging import limits_of
from kpis.engine.definition import KpiDefinition, Limits
from kpis.engine.terms import Direction
from kpis.models import AgreedLimits, ChosenKpi
from studies.models import Engagement
from vendors.register.forms import ReasonForm, RecordForm

EDGES = ("amber", "amber_to", "red", "red_to")


class MonthField(forms.DateField):
    """A month, read as its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m"],
            widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
            error_messages={"invalid": "Write the month as year-month: 2026-11."},
            **kwargs,
        )


class LimitsForm(RecordForm):
    """Limits of one KPI, for one engagement or for all of a sponsor's."""

    from_month = MonthField(label="From the month of")

    class Meta:
        model = AgreedLimits
        fields: ClassVar[list[str]] = [
            "sponsor",
            "engagement",
            "amber",
            "amber_to",
            "red",
            "red_to",
            "from_month",
            "source",
        ]

    def __init__(self, *args: Any, definition: KpiDefinition, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["from_month"] = MonthField(  # the form of a record asks for days
            label="From the month of", initial=today.replace(day=1)
        )
        self.order_fields(self._meta.fields or ())
        _offer_engagements(self).empty_label = "all engagements"
        if definition.direction is not Direction.BAND:
            del self.fields["amber_to"], self.fields["red_to"]
        self._say_defaults(definition)

    def _say_defaults(self, definition: KpiDefinition) -> None:
        limits = definition.limits
        assert limits is not None  # noqa: S101  (the view refuses a KPI without limits)
        for name, limit in (("amber", limits.amber), ("red", limits.red)):
            low, high = limit if isinstance(limit, tuple) else (limit, None)
            self.fields[name].help_text = f"In the catalogue: {low:g} {definition.unit}."
            if high is not None:
                self.fields[f"{name}_to"].help_text = f"In the catalogue: {high:g}."

    def proposed(self, *, now: datetime) -> Limits | None:
        """Return what is filled in as limits, or None while a number is wanting."""
        filled = {name: self.cleaned_data.get(name) for name in EDGES if name in self.fields}
        if None in filled.values():
            return None
        return limits_of(AgreedLimits(approved_at=now, source="proposed", **filled))


class EndForm(ReasonForm):
    """The last month for which it holds, and why it ends."""

    last_month = MonthField(label="Last month")


class ChoiceForm(RecordForm):
    """The engagement in which a KPI of the library is asked for, and from when."""

    from_month = MonthField(label="From the month of")

    class Meta:
        model = ChosenKpi
        fields: ClassVar[list[str]] = ["engagement", "from_month"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["from_month"] = MonthField(
            label="From the month of", initial=today.replace(day=1)
        )
        self.order_fields(["engagement", "from_month"])
        _offer_engagements(self)


def _offer_engagements(form: RecordForm) -> "forms.ModelChoiceField[Engagement]":
    """Offer the engagements of the registers in which the person may decide."""
    field = form.fields["engagement"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
    field.queryset = (
        Engagement.objects.visible_to(form.user)
        .filter(sponsor__in=[sponsor.pk for sponsor in form.sponsors])
        .select_related("vendor")
    )
    field.label_from_instance = _with_cro  # type: ignore[method-assign]  # of this field alone
    return field


def _with_cro(obj: Any) -> str:
    return f"{obj.vendor}, {obj}"
