"""Pages over HTTP: what the address asks for, permission or 403, scope or 404, one call."""
