"""The step of a guided start that says which functions the CRO takes, and what is shared."""

from dataclasses import dataclass
from typing import Any

from django import forms

from kpis.starting.chosen import Chosen
from studies.starting.proposing import HYBRID, Proposed


@dataclass(frozen=True)
class Row:
    """A function to tick: a cell for each region as value, its name, and whether it is ticked."""

    proposed: Proposed
    cells: tuple[tuple[str, str, bool], ...]
    shared: bool
    split: forms.BoundField | None


class FunctionsForm(forms.Form):
    """Which functions and obligations: `take` holds "number:region" for each that is ticked.

    In a hybrid engagement a function may be shared; then `split-<number>` says who does what.
    """

    take = forms.MultipleChoiceField(
        error_messages={
            "required": "Tick at least one function.",
            "invalid_choice": "This cannot be transferred, or is no longer offered.",
        }
    )
    shared = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        may = [one.work for one in chosen.proposals() if one.may]
        ticked = [one.work.pk for one in chosen.proposals() if one.ticked]
        cells = [f"{work.pk}:{region}" for work in may for region in chosen.regions]
        self.fields["take"].choices = [(cell, cell) for cell in cells]  # type: ignore[attr-defined]  # same
        self.fields["take"].initial = [f"{pk}:{one}" for pk in ticked for one in chosen.regions]
        self.fields["shared"].choices = [(work.pk, work.name) for work in may]  # type: ignore[attr-defined]  # same
        if chosen.model != HYBRID:
            del self.fields["shared"]
            return
        for work in may:
            self.fields[f"split-{work.pk}"] = forms.CharField(
                required=False, max_length=1000, label=f"{work.name}: who does what"
            )

    def rows(self) -> list["Row"]:
        """Return each function and obligation as it stands in the form."""
        taken = set(self["take"].value() or ())
        shared = set(self["shared"].value() or ()) if "shared" in self.fields else set()
        return [
            Row(
                one,
                tuple(
                    (f"{one.work.pk}:{region}", words, f"{one.work.pk}:{region}" in taken)
                    for region, words in self.chosen.columns
                ),
                str(one.work.pk) in shared,
                self[f"split-{one.work.pk}"] if f"split-{one.work.pk}" in self.fields else None,
            )
            for one in self.chosen.proposals()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the words of each shared function, and for it to be ticked."""
        cleaned = super().clean() or self.cleaned_data
        taken = {cell.split(":")[0] for cell in cleaned.get("take", ())}
        for pk in cleaned.get("shared", ()):
            if not cleaned.get(f"split-{pk}", "").strip():
                words = "Say which part is the sponsor's, which the CRO's."
                self.add_error(f"split-{pk}", words)
            elif pk not in taken:
                self.add_error(f"split-{pk}", "Tick where the CRO takes part, too.")
        return cleaned
