"""The app that carries the templates and static files of every page. Must not know: models; it has none."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "yumiao.ui"
    label = "ui"

    def ready(self) -> None:
        from yumiao.ui.typed import say_it_plainly

        say_it_plainly()
