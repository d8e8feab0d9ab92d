"""The taxonomy of functions that a sponsor may delegate."""

from django.db import models

from vendors.access import VisibleModel


class Function(VisibleModel):
    """A kind of trial work that can be delegated, such as data management."""

    shared_by_members = True

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
