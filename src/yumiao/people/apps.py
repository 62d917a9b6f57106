"""Django's entry for people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yumiao.people"
    verbose_name = "人员"
