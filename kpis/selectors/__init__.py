"""Reading for the pages of this floor: plain frozen values, a fixed number of statements."""
