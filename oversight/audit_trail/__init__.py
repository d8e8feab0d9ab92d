"""The audit trail: what changed (written by the database) and what happened (written by services).

Both records are append-only in PostgreSQL itself and sealed in a hash chain.
"""
