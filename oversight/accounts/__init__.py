"""Who can sign in. What a person may see and do is decided by memberships, one floor up."""
