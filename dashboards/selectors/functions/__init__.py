"""One function across CROs: who holds it, its KPIs side by side, the people who do it.

A CRO's people see their own engagements here and no figure made of others': with one competitor
they could subtract.
"""
