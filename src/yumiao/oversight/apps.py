"""Django's entry for oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "yumiao.oversight"
    verbose_name = "监督检查"
