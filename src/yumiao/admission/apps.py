"""Django's entry for admission."""

from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "yumiao.admission"
    verbose_name = "留苗"
