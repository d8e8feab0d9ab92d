"""How a value came about, from the rows of its listings to its colour.

sieve.py       rows go in, reasons take rows out, what is left counts
words.py       conditions, weights and numbers in words
conditions.py  the reasons that the shared conditions of `Cases` give
ground.py      tables, window and place that the steps are made from
steps.py       for each formula, its rows: denominator, then numerator
arithmetic.py  the numbers put into the formula, line by line
terms.py       what a total is made of, where that is more than rows
judging.py     value, minimum and limits compared
explain.py     all of it for one definition and its tables

Every row of a listing is counted or left out for one reason, the first that holds; the rows that
are left are those that the formula itself selects.
"""
