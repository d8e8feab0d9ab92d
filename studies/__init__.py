"""What work: studies, sites, functions, engagements, and what is delegated under which."""
