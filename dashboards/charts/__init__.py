"""Figures: rows in, a plain Plotly dict out. No database, no request, no clock.

Colours are names of tokens, "var(--line)", that the page looks up in its stylesheet, so that a
figure follows the theme; see static/js/charts.js, which also adds fonts and axes.
"""
