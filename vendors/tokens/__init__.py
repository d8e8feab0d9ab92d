"""Service tokens: how a CRO's own system signs in. Issuing, revoking, recognising; their pages.

What a token lets its bearer see and do is said by `vendors.access.Bearer`, not here.
"""
