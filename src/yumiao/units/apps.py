"""Django's entry for units."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "yumiao.units"
    verbose_name = "组织"
