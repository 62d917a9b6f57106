"""Django's entry for talent."""

from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "yumiao.talent"
    verbose_name = "引苗"
