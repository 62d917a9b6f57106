"""Django's entry for files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "yumiao.files"
    verbose_name = "材料"
