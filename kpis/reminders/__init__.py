"""Telling people before and after a due day: in the application, and by mail once per occasion."""
