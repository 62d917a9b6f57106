"""Django's entry for access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yumiao.access"
    verbose_name = "账号"
