"""Makes the template tags of `oversight.look` known to Django. No models."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "oversight.look"
    label = "look"
