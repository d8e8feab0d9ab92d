"""How things are said and drawn on every page: marks, arrows, sparklines, figures, dates, menu.

Only words, shapes and formats live here, as pure functions with a thin layer of template tags.
Nothing here reads a model, and what a status means is decided above (`kpis`).
"""
