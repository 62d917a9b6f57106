"""Django's entry for ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yumiao.ledger"
    verbose_name = "选苗"
