"""Reading studies, sites, engagements and delegations, for pages: one file per subject."""
