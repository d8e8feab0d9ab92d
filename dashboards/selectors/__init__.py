"""Reading for pages, charts and exports: each takes `user` and returns frozen dataclasses.

A page costs a fixed number of SQL statements, whatever the size of the portfolio. Only `runs.py`
decides which results are shown, for now or as known on a day.
"""
