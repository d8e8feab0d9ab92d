"""From a KPI in its scope to its charts: figure, title that says the message, and data table.

One file per panel; `registry.py` chooses by the KPI's formula.
"""
