"""`python -m bench.web.enter`: a county officer signed in to the county of the environment; prints session key, token, townships, people as JSON."""

from __future__ import annotations

import json
import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yumiao.access.models import Account
    from yumiao.journal.acts import Actor


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from django.utils import timezone

    from yumiao.access.readers import Reader
    from yumiao.access.sessions import SessionStore, signed_in_values
    from yumiao.access.token_rules import GRANTABLE
    from yumiao.access.tokens import issue_token
    from yumiao.config.installation import opened
    from yumiao.journal.acts import last
    from yumiao.people.models import Person
    from yumiao.units.queries import tree
    from yumiao.units.rules import Sector

    installation = opened()
    units = tree(installation.today)
    assert units.root is not None
    reader = Reader(_officer(units.root.id, installation.actor), installation.today, last())
    session = SessionStore()
    session.update(signed_in_values(reader, factor=True, now=timezone.now()))
    session.save()
    until = installation.today + timedelta(days=30)
    _token, secret = issue_token(reader=reader, unit=units.root, permissions=GRANTABLE, name="测速", until=until)
    uids = [str(uid) for uid in Person.objects.order_by("id").values_list("uid", flat=True)]
    chance = random.Random(1)  # noqa: S311
    told = {
        "session": session.session_key,
        "token": secret,
        "townships": [unit.code for unit in units if unit.kind.sector is Sector.TOWNSHIP],
        "people": [chance.choice(uids) for _ in range(1000)],
    }
    print(json.dumps(told))


def _officer(root: int, actor: Actor) -> Account:
    """An account appointed at the county, whom nobody can sign in as."""
    from yumiao.access.models import Account, Appointment
    from yumiao.access.permissions import Role
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.kernel.periods import BEGIN, FOREVER

    account = Account(username="bench", display_name="测速")
    account.set_unusable_password()
    account.save()
    with act(Verb.APPOINTMENT_GRANTED, actor=actor) as done:
        names = ("since", "until", "account_id", "role", "unit_id")
        done.insert(Appointment, names, [(BEGIN, FOREVER, account.pk, Role.COUNTY_OFFICER.value, root)])
    return account


if __name__ == "__main__":
    main()
