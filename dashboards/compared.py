"""The runs of some months as known then and now, beside each other. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboards.attention.of_belief import doubted, whole
from dashboards.periods import months_back
from dashboards.selectors.told import Run, Told
from dashboards.turned import Changed, Group, Scope, told_words, turned
from kpis.definitions import catalogue


@dataclass(frozen=True)
class Compared:
    """The runs of the last months now and then, and the month shown."""

    now: tuple[Run, ...]
    then: tuple[Run, ...]
    period: date

    def of(self, month: date) -> dict[Scope, Run]:
        """Return the runs of a month as known now, by scope."""
        return {one.scope: one for one in self.now if one.period == month}

    @property
    def seen(self) -> dict[Scope, Run]:
        """The newest run of each scope as known then: what a page showed."""
        return {one.scope: one for one in self.then}  # oldest month first

    @property
    def pairs(self) -> list[tuple[Run, Run]]:
        """The runs of one and the same month that became others: (then, now)."""
        now = {(one.scope, one.period): one for one in self.now}
        found = [(one, now.get((one.scope, one.period))) for one in self.then]
        return [(then, run) for then, run in found if run is not None and run.pk != then.pk]

    @property
    def between_months(self) -> Iterator[Changed]:
        """What turned from the month before to the month shown, both as known now."""
        return turned(self.of(months_back(self.period, 2)[0]), self.of(self.period))

    def read(self) -> Iterator[Run]:
        """Yield the runs whose results are needed."""
        moved = set()
        for scope, run in self.of(self.period).items():
            before = self.seen.get(scope)
            if before is None or before.pk != run.pk:
                moved.add(scope[0])
                yield from (one for one in (before, run) if one is not None)
        for month in months_back(self.period, 2):
            yield from self.of(month).values()
        for pair in self.pairs:
            yield from pair
        for one in (*self.now, *self.then):
            if one.study_id is None and one.engagement_id in moved:
                yield one

    def filled(self, results: Mapping[int, Mapping[str, Told]]) -> "Compared":
        """Return the same with the results of those that were read."""

        def told(runs: Iterable[Run]) -> tuple[Run, ...]:
            return tuple(replace(one, results=results.get(one.pk, {})) for one in runs)

        return replace(self, now=told(self.now), then=told(self.then))


def newly_doubted(compared: Compared) -> Iterator[Changed]:
    """Yield the greens of whole engagements that have a sign against them, and had none then."""
    then, now = whole(compared.then), whole(compared.now)
    for engagement, months in now.items():
        run = months.get(compared.period)
        before = then.get(engagement, {})
        if run is None or (before and before[max(before)].pk == run.pk):
            continue
        known = {slug for slug, _, _ in doubted(before, max(before))} if before else set()
        for slug, told, believed in doubted(months, compared.period):
            if slug not in known:
                yield Changed(
                    group=Group.BELIEF,
                    name=catalogue()[slug].short_name,
                    slug=slug,
                    engagement_id=engagement,
                    study_id=None,
                    period=run.period,
                    was="no sign against it" if before else "without a result",
                    now=f"{told_words(catalogue()[slug], told)}, {believed.words}",
                )
