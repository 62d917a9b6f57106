"""Django's entry for reconciliation."""

from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "yumiao.reconciliation"
    verbose_name = "与全国系统对账"
