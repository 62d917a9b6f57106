"""Django's entry for publicity."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "yumiao.publicity"
    verbose_name = "公示和异议"
