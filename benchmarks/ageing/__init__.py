"""Ages of millions of data queries at many month-ends: the product beside polars, duckdb, pandas.

made.py       the listing, from a fixed seed, sealed as the intake seals it
months.py     the month-ends asked for
sides.py      the same question, asked of each
work.py       one side in a process of its own; answers.py brings what it says into one form
measuring.py  starts those processes in turns
versus.py     all sides, their answers held against each other; the section on speed
growth.py     1 to 10 million rows, 1 and 24 month-ends; the section on growth

polars and duckdb come with the dependency group `bench`; the product needs neither.
"""
