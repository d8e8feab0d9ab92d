"""The inspection pack: what is gathered, how it is listed and typeset, how it is sealed.

    gather     what a person may see of a study or a CRO, as known on a date (register, submitted,
               results, definitions, findings, trail)
    listings   rows → CSV and XLSX; drawing → SVG; summary → PDF; seal → zip with a manifest
    build      all of it in order, by the worker
    verify.py  the verifier that goes along in every pack; it runs alone

Nothing here looks at the clock: the same scope and as-of date give the same bytes.
"""
