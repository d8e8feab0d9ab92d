"""What is handed over: the review of the audit trail; packs and listings join it."""
