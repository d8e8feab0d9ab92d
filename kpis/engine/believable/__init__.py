"""How believable is a green? Signs, each named and with its evidence, from the history of one KPI.

A watermelon is green outside and red inside. A sign is a reason to ask, never a proof: an honest
CRO can have each of them.

history.py  what is looked at: months, restatements, a partner, meetings
pattern.py  what the figures look like: constant, heaped at the limit, copied forward, rounded
context.py  what stands beside them: denominator, partner, restatements, the CRO's own figure
score.py    all signs together, and the points that each takes off
"""
