"""The steps of a guided start, forth and back. What is filled in travels with the form.

Nothing is kept on the server before the last step, so that two windows do not mix, and leaving
leaves nothing behind. Each step forward checks all steps up to it again.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from kpis.starting.chosen import Chosen
from kpis.starting.forms import (
    ConfirmForm,
    CroForm,
    ModelForm,
    StudiesForm,
    TermsForm,
)
from kpis.starting.functions_form import FunctionsForm

STEPS: tuple[tuple[str, str, Any], ...] = (
    ("cro", "CRO", CroForm),
    ("model", "Model", ModelForm),
    ("studies", "Studies and regions", StudiesForm),
    ("functions", "Functions", FunctionsForm),
    ("terms", "Dates and agreement", TermsForm),
    ("confirm", "Confirm", ConfirmForm),
)
KEYS = [key for key, _, _ in STEPS]
# What is no field of a step.
OWN = ("csrfmiddlewaretoken", "step", "go", "proposed_for")
# Filled in for these choices; with others it begins anew.
OF_A_PROPOSAL = ("take", "shared", "split-", "systems", "procedures")


@dataclass(frozen=True)
class Shown:
    """The step to show: its form, and what the other steps hold, as hidden fields."""

    key: str
    form: forms.Form
    chosen: Chosen
    hidden: tuple[tuple[str, str], ...]
    stages: tuple[dict[str, Any], ...]
    complete: bool

    @property
    def first(self) -> bool:
        """There is no step before it."""
        return self.key == KEYS[0]


def walk(data: QueryDict, chosen: Chosen) -> Shown:
    """Return the step that `data` leads to: `step` was shown, `go` says next, back or confirm.

    Forward it is the first step that is not complete. On "confirm" the last step comes back
    `complete` where all of it holds.
    """
    step = str(data.get("step", ""))
    at = KEYS.index(step) if step in KEYS else 0
    go = data.get("go", "next")
    wanted = max(at - 1, 0) if go == "back" else min(at + 1, len(KEYS) - 1)
    given = data.copy()
    form: forms.Form = CroForm(chosen=chosen)
    for number, (key, _, make) in enumerate(STEPS):
        if key == "functions":
            _begin_anew(given, chosen)
        if number == wanted and go != "confirm":
            return _shown(key, _unbound(make, given, chosen), given, chosen)
        form = make(given, chosen=chosen)
        if not form.is_valid():
            return _shown(key, form, given, chosen)
        chosen.values |= form.cleaned_data
    return _shown(KEYS[-1], form, given, chosen, complete=True)


def beginning(initial: dict[str, Any], chosen: Chosen) -> Shown:
    """Return the first step."""
    return _shown(KEYS[0], CroForm(initial=initial, chosen=chosen), QueryDict(), chosen)


def _begin_anew(given: QueryDict, chosen: Chosen) -> None:
    """Forget what was ticked for another CRO, model, study or region."""
    studies = ",".join(str(one.pk) for one in chosen.studies)
    mark = f"{chosen.vendor.pk}/{chosen.model}/{studies}/{','.join(chosen.regions)}"
    if given.get("proposed_for") != mark:
        for name in [one for one in given if one.startswith(OF_A_PROPOSAL)]:
            del given[name]
    given["proposed_for"] = mark


def _unbound(make: Any, given: QueryDict, chosen: Chosen) -> forms.Form:
    """Return the step as it was left, without complaints."""
    form: forms.Form = make(chosen=chosen)
    initial = {
        name: given.getlist(name)
        if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        else given[name]
        for name, field in form.fields.items()
        if name in given
    }
    form.initial = initial
    return form


def _shown(
    key: str, form: forms.Form, given: QueryDict, chosen: Chosen, *, complete: bool = False
) -> Shown:
    hidden = tuple(
        (name, value)
        for name, values in given.lists()
        if name not in form.fields and name not in OWN
        for value in values
    )
    mark = given.get("proposed_for")
    now = KEYS.index(key)
    return Shown(
        key=key,
        form=form,
        chosen=chosen,
        hidden=(*hidden, ("proposed_for", mark)) if mark else hidden,
        stages=tuple(
            {"name": words, "state": "done" if n < now else "now" if n == now else "next"}
            for n, (_, words, _) in enumerate(STEPS)
        ),
        complete=complete,
    )
