"""Names of this floor's tasks, so that whoever enqueues one need not import it."""

BUILD_EXPORT = "inspection.build_export"
SWEEP = "inspection.sweep"
