"""How a study enrols, from the listings that came: what was, what was planned, what will be. Pure.

actual.py    participants by month up to the cut-off
plan.py      the versions of the plan
sites.py     the course of each site: planned, activated, closed, and whom it enrolled
ahead.py     the forecast, and in words what it rests on or lacks
"""
