"""From accepted tables to results: gather the inputs, compute, store once.

A run is named by the hash of its inputs, so computing again changes nothing, and a run that was
killed half-way left nothing: all of it is one transaction.
"""
