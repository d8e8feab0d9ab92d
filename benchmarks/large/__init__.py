"""A large sponsor's portfolio over five years, written in bulk as the product would have kept it.

300 studies, 50 CROs under all three engagement models, 15,000 sites, 60 months, 40 KPIs: register,
submissions, runs and results in PostgreSQL; enrolment listings and results by site as sealed
tables. Rests on the database and storage that the environment names, migrated and otherwise empty.
"""
