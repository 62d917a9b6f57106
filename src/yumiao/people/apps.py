"""Django's entry for people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yumiao.people"
    verbose_name = "人员"

    def ready(self) -> None:
        """Names of records that an undoing writes again are found as before."""
        from yumiao.journal.undoing import after_undoing
        from yumiao.people.services import find_again

        after_undoing(find_again)
