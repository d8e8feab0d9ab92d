"""The API of this floor, read only: studies, sites, functions, engagements, delegations."""
