"""Computing a sponsor's portfolio again, spread over workers: one part per study.

`asking` writes what somebody wants and its parts, `parts` says which there are, `work` does one of
them, `proof` and `update` are the two ways to do it, `ending` closes what is done and finds again
what was lost. Parts are rows, so a worker or a machine may go at any moment: a finished part stays,
any other is done anew. While a part is done, the worker's database session holds a lock on it that
goes with the session: no two workers do one part, and none is held by a worker that is gone.
"""
