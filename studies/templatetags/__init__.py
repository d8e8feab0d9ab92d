"""Panels of this floor that pages of a lower floor hold a place for."""
