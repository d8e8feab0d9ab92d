"""Start the product on one machine: embedded PostgreSQL and Redis, web, worker and beat.

What lives here needs the standard library alone and knows nothing of Django: it runs before there
is a database to configure Django with. What the application does with the database (tables,
grants, demo data) is asked of `manage.py`. Entry point: `python -m oversight.launcher`.
"""
