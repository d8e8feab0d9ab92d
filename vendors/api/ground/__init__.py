"""What all addresses of the API share: who may ask, how often, pages, filters, refusals, schema."""
