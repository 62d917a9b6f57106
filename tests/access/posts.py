"""Posts that end and accounts that are suspended in the middle of a random history: shared by every machine that asks who still may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.cast import Cast
from yumiao.access.accounts import restore, suspend
from yumiao.access.appointments import end_appointment
from yumiao.access.models import Account, Appointment
from yumiao.access.readers import Reader
from yumiao.journal.acts import last
from yumiao.kernel.objections import OutOfScope, Refused


class Posts(RuleBasedStateMachine):
    """A machine gives `actors` and `cast`, and begins with `start`."""

    actors: ClassVar[tuple[str, ...]]
    cast: ClassVar[Cast]

    def start(self) -> None:
        self.today = self.cast.today
        self.ends: dict[str, date] = {}
        self.suspended: set[str] = set()

    @rule(place=st.integers(0, 20), days=st.integers(0, 12))
    def end(self, place: int, days: int) -> None:
        who, until = self.actors[place % len(self.actors)], self.today + timedelta(days=days)
        row = Appointment.objects.alive().filter(account=self.cast.accounts[who]).first()
        if row is None:
            return
        try:
            end_appointment(appointment=row.pk, until=until, actor=self.cast.operator, today=self.today)
        except (Refused, OutOfScope):
            return
        self.ends[who] = until

    @rule(place=st.integers(0, 20))
    def suspend_or_restore(self, place: int) -> None:
        who = self.actors[place % len(self.actors)]
        service = restore if who in self.suspended else suspend
        service(account=Account.objects.get(pk=self.cast.accounts[who].pk), reason="核查", actor=self.cast.operator)
        self.suspended ^= {who}

    def reader(self, who: str) -> Reader:
        return Reader(Account.objects.get(pk=self.cast.accounts[who].pk), self.today, last())

    def holds(self, who: str) -> bool:
        return who not in self.suspended and self.today < self.ends.get(who, date.max)
