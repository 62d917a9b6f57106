"""Django's entry for the vault; it has no tables of its own yet."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "yumiao.vault"
