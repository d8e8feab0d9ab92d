"""Answering over the API: KPI definitions, KPI results, submissions."""
