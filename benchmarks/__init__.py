"""Measurements of the intake: plain scripts that write docs/performance.md and docs/fuzz.md.

Nothing of the product imports this. `make bench` and `make fuzz` run it.
"""
