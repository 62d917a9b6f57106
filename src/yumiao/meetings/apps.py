"""Django's entry for meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "yumiao.meetings"
    verbose_name = "会议"
