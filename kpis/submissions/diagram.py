"""The states of a submission as a picture, drawn from the table of transitions."""

from kpis.submissions.states import TRANSITIONS, State
from vendors.access import Permission

WHO = {
    None: "the application",
    Permission.UPLOAD: "CRO, may upload",
    Permission.SUBMIT: "CRO, may submit",
    Permission.DECIDE: "sponsor, may decide",
}


def diagram_markdown() -> str:
    """Return the page: a Mermaid state diagram, and the same as a table."""
    arrows = [
        f"    {before.value} --> {after.value}: {WHO[permission]}"
        for (before, after), permission in TRANSITIONS.items()
    ]
    rows = [
        f"| {before.label} | {after.label} | {WHO[permission]} |"
        for (before, after), permission in TRANSITIONS.items()
    ]
    ends = [
        f"    {state.value} --> [*]"
        for state in State
        if state not in {before for before, _ in TRANSITIONS}
    ]
    return "\n".join(
        [
            "# States of a submission",
            "",
            "Generated from `kpis/submissions/states.py` by "
            "`python manage.py state_diagram > docs/submission-states.md`.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {State.RECEIVED.value}: CRO, may upload",
            *arrows,
            *ends,
            "```",
            "",
            "| From | To | Who |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
