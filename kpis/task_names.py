"""Names of this floor's tasks, so that whoever enqueues one need not import it."""

CHECK_SUBMISSION = "kpis.check_submission"
COMPUTE_SNAPSHOT = "kpis.compute_snapshot"
SWEEP = "kpis.sweep"
MARK_MISSING = "kpis.mark_missing"
REMIND = "kpis.remind"
TELL = "kpis.tell"
MAKE_TEMPLATE = "kpis.make_template"
