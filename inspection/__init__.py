"""What is handed over: inspection packs, and the review of the audit trail."""
