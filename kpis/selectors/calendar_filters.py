"""The filters above the calendar: by CRO, study and state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kpis.selectors.due_names import Names
from kpis.selectors.submission_list import Choice, Filter
from kpis.standing import Entry
from kpis.standing.states import WORDS


@dataclass(frozen=True)
class Chosen:
    """What is chosen; empty words choose all."""

    cro: str = ""
    study: str = ""
    state: str = ""

    @classmethod
    def of(cls, filters: Iterable[Filter]) -> "Chosen":
        """Return what the filters say is chosen."""
        return cls(
            **{one.name: choice.value for one in filters for choice in one.choices if choice.chosen}
        )

    def __bool__(self) -> bool:
        return bool(self.cro or self.study or self.state)

    def keeps(self, line: Mapping[date, Entry], period: date, names: Names) -> bool:
        """Tell whether a line is shown; by state, it is the chosen month that decides."""
        due = next(iter(line.values())).due
        vendor = names.engagements[due.engagement_id].vendor_id
        studies = {due.study_id, *(study for one in line.values() for study in one.due.study_ids)}
        state = line[period].standing.value if period in line else ""
        return (
            self.cro in ("", str(vendor))
            and (not self.study or self.study in {str(study) for study in studies})
            and self.state in ("", state)
        )


def filters_of(
    names: Names, wanted: Mapping[str, str], *, sponsor_side: bool
) -> tuple[Filter, ...]:
    """Return the filters with what the address asks for; an unknown value chooses all."""
    vendors = {str(one.vendor_id): one.vendor.name for one in names.engagements.values()}
    studies = {str(key): number for key, number in names.protocols.items()}
    states = {standing.value: words for standing, words in WORDS.items()}
    found = [_filter("study", "Study", studies, wanted), _filter("state", "State", states, wanted)]
    if sponsor_side:
        found.insert(0, _filter("cro", "CRO", vendors, wanted))
    return tuple(found)


def _filter(name: str, label: str, values: Mapping[str, str], wanted: Mapping[str, str]) -> Filter:
    asked = wanted.get(name, "")
    known = asked in values
    pairs = values.items() if name == "state" else sorted(values.items(), key=lambda one: one[1])
    choices = [Choice(value, words, value == asked) for value, words in pairs]
    return Filter(name, label, (Choice("", "All", not known), *choices))
