"""Reviewing the audit trail: whose entries a reviewer sees, the page, and its export."""
