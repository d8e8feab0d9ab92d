"""How well: the KPI catalogue, the pure engine, what CROs submit, and the results."""
