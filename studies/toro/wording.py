"""The sentences of a document that are the same for every study, and words for holders."""

from collections.abc import Iterable, Sequence

from studies.answers import Holding
from studies.toro.records import Held
from studies.toro.taxonomy import Item

TRANSFER, TASKS = "Transfer of obligations", "Delegation of tasks"
CITATION = "Citation (to be confirmed by regulatory affairs)"
RETAINED_BY_RULE = (
    "Any obligation that is not described here as transferred or shared is retained by the sponsor "
    "(21 CFR 312.52(a))."
)
ASSUMED = (
    "A CRO that assumes an obligation complies with the rules for it and is subject to the same "
    "regulatory action as a sponsor (21 CFR 312.52(b)). Ultimate responsibility stays with the "
    "sponsor (ICH E6(R3) 3.6.6)."
)
DEVICE = (
    "21 CFR 812 has no rule for transferring a sponsor's obligations: tasks are delegated here, "
    "and the sponsor keeps every obligation. What is not listed as delegated, the sponsor does "
    "itself (ICH E6(R3) 3.6.4)."
)
CONFIRM = "Every citation is to be confirmed by regulatory affairs before it is relied on."

STATES: dict[bool, dict[str, str]] = {
    False: {
        Holding.TRANSFERRED: "Transferred",
        Holding.SHARED: "Shared",
        Holding.RETAINED: "Retained by the sponsor",
        Holding.NOT_APPLICABLE: "Not applicable",
        Holding.BY_DEFAULT: "Retained by default, unconfirmed",
    },
    True: {
        Holding.TRANSFERRED: "Delegated",
        Holding.SHARED: "Shared",
        Holding.RETAINED: "Done by the sponsor",
        Holding.NOT_APPLICABLE: "Not applicable",
        Holding.BY_DEFAULT: "Sponsor's by default, unconfirmed",
    },
}
HELD_TWICE = "recorded twice, contradicting each other"


def statements(items: Iterable[Item], *, device: bool) -> tuple[str, ...]:
    """Return what stands above the table."""
    never = [item.name for item in items if not item.transferable]
    named = (
        (
            f"Can never be {'delegated' if device else 'transferred'}, and so not listed: "
            f"{'; '.join(never)}.",
        )
        if never
        else ()
    )
    rule = (DEVICE,) if device else (RETAINED_BY_RULE, ASSUMED)
    return (*rule, *named, CONFIRM)


def part_statements(part: str, *, device: bool) -> tuple[str, ...]:
    """Return what stands above the part of one CRO: nothing follows from it for others."""
    limit = f"What is not described here, {part} has not assumed on this study."
    return (limit, DEVICE if device else ASSUMED, CONFIRM)


def holder_words(one: Held) -> str:
    """Say who holds it by one record; "" where it is not applicable."""
    if one.kind == Holding.SHARED:
        return f"Sponsor and {one.holder_name}"
    if one.kind == Holding.NOT_APPLICABLE:
        return ""
    return one.holder_name or "Sponsor"


def joined(words: Sequence[str]) -> str:
    """Say several: "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
