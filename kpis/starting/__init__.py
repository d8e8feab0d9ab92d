"""The guided start of an engagement: its steps, its forms, and the draft that is confirmed.

It stands here, not with the engagements, because the draft says which listings will be due.
"""
