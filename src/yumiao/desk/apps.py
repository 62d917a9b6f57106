"""Django's entry for the desk: pages and templates, no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yumiao.desk"
    verbose_name = "工作台"
