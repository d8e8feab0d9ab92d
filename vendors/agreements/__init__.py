"""Agreements with service providers, every version of them kept.

An agreement is what both sides call it; what holds is a version, with both signature dates, its
clauses, its file, its communication plan and its escalation ladder. A version that both signed is
not changed any more, except that it may be terminated: what changes is the next version.
"""
