"""Django's entry for posts."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "yumiao.posts"
    verbose_name = "任职和届期"
