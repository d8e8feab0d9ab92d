"""Tests of the tables that this application keeps itself."""
