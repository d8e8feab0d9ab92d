"""What the sponsor keeps about a service provider: one page, six kinds of record.

Its place on the ladder, its qualification, services, certificates, contacts by subject, and, of a
sub-provider, the sponsor's approval. All six are listed, added and changed in one way: `kinds.py`
says what is particular to each.
"""
