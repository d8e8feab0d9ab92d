"""Limits that sponsor and CRO agreed in place of the catalogue's, and KPIs chosen from the library.

`reading` says what holds in a month, `writing` agrees, chooses and ends, `judging` puts agreed
limits in the place of a definition's own.
"""
