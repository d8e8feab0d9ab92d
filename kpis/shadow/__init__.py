"""A coming version of a KPI beside the one in force, on past months, before it goes live.

`asking` has it computed, `computing` computes it from the sealed tables, `counting` says what would
have changed colour, `figure` draws old beside new.
"""
