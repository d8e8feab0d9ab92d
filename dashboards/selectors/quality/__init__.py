"""How good the data are that came: what was wrong in files, what was restated, what is missing.

One file per panel of the data-quality page; `page.py` puts them together. All of them read what the
user may see, for twelve months, as known on the day asked for.
"""
