"""Who: sponsors, CROs and other service providers, people's roles, and what each role may do."""
