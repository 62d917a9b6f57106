"""Django's entry for bylaws."""

from django.apps import AppConfig


class BylawsConfig(AppConfig):
    name = "yumiao.bylaws"
    verbose_name = "县级规定"
