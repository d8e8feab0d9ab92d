"""A monthly file's way in: receive → check → explain → submit → accept or return.

One file per step; `states.py` says which step may follow which.
"""
