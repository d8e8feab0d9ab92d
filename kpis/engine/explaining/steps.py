"""For each formula the rows it is computed from: of the denominator, then of the numerator.

Where the last reason is what the formula itself decides, the rows that stay are taken from its own
selection, so that the two cannot part.
"""

from collections.abc import Callable, Mapping

import numpy as np

from kpis.engine.adherence import AdherenceParameters
from kpis.engine.ageing import AgeingParameters
from kpis.engine.concentration import ConcentrationParameters
from kpis.engine.conditions import Standing
from kpis.engine.count import CountParameters
from kpis.engine.deadlines import due_moments
from kpis.engine.duration_parameters import DurationParameters
from kpis.engine.event_rate import EventRateParameters
from kpis.engine.explaining.conditions import by_span, by_standing, drop_by, weighed_step
from kpis.engine.explaining.ground import Ground, bools
from kpis.engine.explaining.sieve import Role, Step
from kpis.engine.explaining.words import column_words, either, listing_words
from kpis.engine.ratio import RatioParameters
from kpis.engine.share import ShareParameters
from kpis.engine.survey_index import SurveyIndexParameters
from kpis.engine.timeliness import TimelinessParameters
from kpis.engine.times import DAY, NEVER, days_of, last_moment, moments_of
from kpis.engine.variance import VarianceParameters

Steps = tuple[Step, ...]


def _share(on: Ground, asked: ShareParameters) -> Steps:
    whole = on.sieve(asked.whole.listing)
    drop_by(whole, asked.whole, on.window)
    part = whole.then()
    drop_by(part, asked.part, on.window)
    return whole.step(Role.DENOMINATOR), part.step(Role.NUMERATOR)


def _ratio(on: Ground, asked: RatioParameters) -> Steps:
    below, above = on.sieve(asked.denominator.listing), on.sieve(asked.numerator.listing)
    base = drop_by(below, asked.denominator, on.window)
    chosen = drop_by(above, asked.numerator, on.window)
    if asked.paired:
        below.drop("the number above the line is not known", chosen.unknown)
        above.drop("the number below the line is not known", base.unknown)
    return (
        weighed_step(below, asked.denominator, base, Role.DENOMINATOR),
        weighed_step(above, asked.numerator, chosen, Role.NUMERATOR),
    )


def _event_rate(on: Ground, asked: EventRateParameters) -> Steps:
    below, above = on.sieve(asked.exposure.listing), on.sieve(asked.events.listing)
    exposure = drop_by(below, asked.exposure, on.window)
    events = drop_by(above, asked.events, on.window)
    if asked.once_per:
        words = above.table[asked.once_per]
        title = column_words(above.listing, asked.once_per)
        above.drop(f"{title} is blank", bools(words.isna()))
        counting = words.where(events.mask)
        above.drop(
            f"another row with this {title} counts already",
            bools(counting.notna() & counting.duplicated()),
        )
    if asked.matched_by:
        title = column_words(above.listing, asked.matched_by)
        register = listing_words(asked.register or asked.exposure.listing)
        above.keep(f"{title} is not in {register}", on.above)
    return (
        weighed_step(below, asked.exposure, exposure, Role.DENOMINATOR),
        above.step(Role.NUMERATOR),
    )


def _timeliness(on: Ground, asked: TimelinessParameters) -> Steps:
    whole = on.sieve(asked.whole.listing)
    drop_by(whole, asked.whole, on.window)
    done = moments_of(whole.table[asked.done], missing=NEVER)
    if asked.allowed:
        needed = [column_words(whole.listing, one) for one in asked.allowed.columns]
        due = due_moments(whole.table, asked.allowed)
        whole.drop(f"{either(needed)} does not say when it was due", due == NEVER)
        title = "the day it was due"
    else:
        title = column_words(whole.listing, str(asked.due))
        due = moments_of(whole.table[str(asked.due)], missing=NEVER)
        whole.drop(f"{title} has no day", due == NEVER)
    if asked.only_done:
        title, placed = column_words(whole.listing, asked.done), done
        whole.drop(f"{title} has no day", done == NEVER)
    else:
        placed = due
    nobody = np.zeros(len(whole.table), bool)
    day = np.where(placed == NEVER, NEVER, placed // DAY)
    by_span(whole, title, day, asked.within, on.window, spared=nobody)
    if asked.stopped:
        whole.keep("stopped before it was due", on.below)
    part = whole.then()
    part.drop("not done by the data cut-off", done > last_moment(on.window.cutoff_date))
    part.keep("done after it was due", on.above)
    return whole.step(Role.DENOMINATOR), part.step(Role.NUMERATOR)


def _duration(on: Ground, asked: DurationParameters) -> Steps:
    whole = on.sieve(asked.listing)
    drop_by(whole, asked.cases, on.window)
    begun = days_of(whole.table[asked.started], missing=NEVER)
    whole.drop(f"{column_words(asked.listing, asked.started)} has no day", begun == NEVER)
    whole.keep("ends before it starts", on.below)
    part = whole.then()
    if asked.stopped:
        stop = moments_of(whole.table[asked.stopped], missing=NEVER)
        gone = ~on.above & (stop <= last_moment(on.window.cutoff_date))
        part.drop(f"stopped: {column_words(asked.listing, asked.stopped)} has a day", gone)
    part.keep("not ended by the data cut-off", on.above)
    return whole.step(Role.DENOMINATOR), part.step(Role.NUMERATOR)


def _ageing(on: Ground, asked: AgeingParameters) -> Steps:
    stock = on.sieve(asked.listing)
    drop_by(stock, asked.cases, on.window)
    columns = Standing(asked.opened, asked.closed, asked.state)
    by_standing(stock, columns, on.window.cutoff_date)
    old = stock.then()
    old.keep(f"{asked.older_than} days old or younger", on.above)
    return stock.step(Role.DENOMINATOR), old.step(Role.NUMERATOR)


def _count(on: Ground, asked: CountParameters) -> Steps:
    rows = on.sieve(asked.counted.listing)
    chosen = drop_by(rows, asked.counted, on.window)
    return (weighed_step(rows, asked.counted, chosen, Role.BOTH),)


def _variance(on: Ground, asked: VarianceParameters) -> Steps:
    rows = on.sieve(asked.actual.listing)
    chosen = drop_by(rows, asked.actual, on.window)
    drop_by(rows, asked.baseline, on.window)
    return (weighed_step(rows, asked.actual, chosen, Role.BOTH),)


def _concentration(on: Ground, asked: ConcentrationParameters) -> Steps:
    rows = on.sieve(asked.amounts.listing)
    chosen = drop_by(rows, asked.amounts, on.window)
    nobody = bools(rows.table[asked.holder].isna())
    rows.drop(f"{column_words(rows.listing, asked.holder)} is blank", nobody)
    rows.keep("the amount is not above 0", on.below)
    return (weighed_step(rows, asked.amounts, chosen, Role.BOTH),)


def _adherence(on: Ground, asked: AdherenceParameters) -> Steps:
    whole = on.sieve(asked.required.listing)
    chosen = drop_by(whole, asked.required, on.window)
    title = column_words(whole.listing, asked.status)
    whole.drop(f"{title} is blank", bools(whole.table[asked.status].isna()))
    whole.keep(f"not measured: {title} is not {either(asked.measured)}", on.below)
    part = whole.then()
    part.keep(f"{title} is not {either(asked.met)}", on.above)
    return (
        weighed_step(whole, asked.required, chosen, Role.DENOMINATOR),
        weighed_step(part, asked.required, chosen, Role.NUMERATOR),
    )


def _survey_index(on: Ground, asked: SurveyIndexParameters) -> Steps:
    rows = on.sieve(asked.answers.listing)
    chosen = drop_by(rows, asked.answers, on.window)
    rows.keep(f"the answer lies outside {asked.lowest} to {asked.highest}", on.below)
    return (weighed_step(rows, asked.answers, chosen, Role.BOTH),)


STEPS: Mapping[str, Callable[..., Steps]] = {
    "share": _share,
    "ratio": _ratio,
    "event_rate": _event_rate,
    "timeliness": _timeliness,
    "duration": _duration,
    "stock_ageing": _ageing,
    "count": _count,
    "variance": _variance,
    "concentration": _concentration,
    "adherence": _adherence,
    "survey_index": _survey_index,
}
