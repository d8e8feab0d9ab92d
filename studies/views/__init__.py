"""Pages of studies, sites, engagements and delegations: one file per subject."""
