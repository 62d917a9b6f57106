"""A case walked at random in memory: the same questions asked and the same transitions made as by the use cases, without a database.

What must never happen is said here once more in plain dates, without a word from the rules under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.admission.walks import PERSON, after, asked, ground, helper, newcomer, vote
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_rules import blocking, objections
from yumiao.admission.history import CaseFile, Exempted, Held, Rest, fallen
from yumiao.admission.order_rules import EXEMPTIBLE, STP_28, STP_30
from yumiao.admission.path import Outcome
from yumiao.kernel.periods import add_months

CLERKS = (PERSON, 11, 12)
"""Who acts: the person himself tries to, now and then."""

# what stands before what, written down by hand from the handbook (domain 4.1)
BEFORE = {
    2: (1,), 3: (2,), 4: (3,), 5: (3,), 6: (3, 5), 7: (4, 6), 8: (7,), 9: (8,), 10: (8,), 11: (8,), 12: (9, 10, 11), 13: (12,), 14: (13,),
    15: (14,), 16: (15,), 17: (16,), 18: (17,), 19: (17,), 20: (17,), 21: (15, 17), 22: (21,), 23: (22,), 24: (23,), 25: (18, 19, 20, 24),
}  # fmt: skip


@dataclass
class World:
    """One case and the day. `deeds` are (who, step, who wrote it down first) of everything that came to count."""

    random: Random
    today: date
    file: CaseFile = field(default_factory=newcomer)
    deeds: list[tuple[int, int, int]] = field(default_factory=list)
    writers: dict[int, tuple[int, Asked]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    @property
    def ground(self) -> Ground:
        return ground(self.today)

    def step(self) -> None:
        """One random action, lawful or not; what is refused changes nothing."""
        self.today += timedelta(days=self.random.choice((0, 0, 1, 5, 20, 40, 90, 200)))
        deed = self.random.choices(
            (self.record, self.confirm, self.go_back, self.rest, self.resume, self.exempt, self.end),
            (30, 4, 2, 1, 3, 1, 0.2),
        )[0]
        deed(self.random.choice(CLERKS))

    def may(self, who: int) -> bool:
        return bool(STP_28.holds(deciding=who, person=self.file.person))

    def record(self, who: int) -> None:
        self.try_record(who, self.any_step())

    def try_record(self, who: int, one: Asked) -> None:
        if not self.may(who) or blocking(objections(self.file, one, self.ground)):
            return
        if (self.today - one.on).days > 30:
            waiting = Held(step=one.step, on=one.on, occurrence=self.file.occurrence_next(one.step), is_late=True)
            self.file = replace(self.file, waiting=(*self.file.waiting, waiting))
            self.writers[one.step] = (who, one)
            self.log.append(f"{self.today} late {one.step} {one.on}")
        else:
            self.take(one, who, who)

    def take(self, one: Asked, who: int, writer: int) -> None:
        self.log.append(f"{self.today} step {one.step} {one.on} {one.outcome}")
        self.file = after(self.file, one)
        self.deeds.append((who, one.step, writer))
        if one.step == 24 and one.outcome is Outcome.CANCELLED:
            self.file = replace(self.file, ended_on=one.on)

    def confirm(self, who: int) -> None:
        if self.file.waiting:
            self.try_confirm(who, self.random.choice(self.file.waiting).step, is_refused=self.random.random() < 0.2)

    def try_confirm(self, who: int, step: int, *, is_refused: bool) -> None:
        """Let a late entry count, or send it back: whoever wrote it down may do the latter himself."""
        writer, one = self.writers[step]
        left = replace(self.file, waiting=tuple(other for other in self.file.waiting if other.step != step))
        if not self.may(who):
            return
        if is_refused:
            self.file = left
        elif who != writer and not blocking(objections(left, one, self.ground)):
            self.file = left
            self.take(one, who, writer)

    def go_back(self, who: int) -> None:
        held = sorted({one.step for one in self.file.held})
        if held:
            self.try_back(who, self.random.choice(held))

    def try_back(self, who: int, step: int) -> None:
        gone = fallen(self.file, step)
        if gone and self.may(who) and self.file.is_open_on(self.today):
            self.log.append(f"{self.today} back {step}")
            self.file = replace(self.file, held=tuple(one for one in self.file.held if one not in gone))

    def rest(self, who: int) -> None:
        since = self.today - timedelta(days=self.random.choice((0, 0, 3, 30)))
        if not any(one.until is not None and since < one.until for one in self.file.rests):
            self.try_rest(
                who, since, counts=self.random.random() < 0.5
            )  # two rests at once have no place on the timeline

    def try_rest(self, who: int, since: date, *, counts: bool) -> None:
        last = max((one.on for one in self.file.held), default=since)
        open_rest = any(one.until is None for one in self.file.rests)
        if self.may(who) and not open_rest and self.file.is_open_on(self.today) and since >= last:
            self.log.append(f"{self.today} rest {since}")
            self.file = replace(self.file, rests=(*self.file.rests, Rest(since, None, counts)))

    def resume(self, who: int) -> None:
        self.try_resume(who, self.today - timedelta(days=self.random.choice((0, 0, 2))))

    def try_resume(self, who: int, on: date) -> None:
        standing = next((one for one in self.file.rests if one.until is None), None)
        if standing is None or not self.may(who) or on < standing.since:
            return
        self.log.append(f"{self.today} resume {on}")
        others = tuple(one for one in self.file.rests if one is not standing)
        ended = (replace(standing, until=on),) if standing.since < on else ()
        self.file = replace(self.file, rests=(*others, *ended))

    def exempt(self, who: int) -> None:
        self.try_exempt(who, *self.random.choice((("DEV-09", 11), ("DEV-06", 7), ("STP-15", 15))))

    def try_exempt(self, who: int, rule: str, step: int) -> None:
        is_lawful = STP_30.holds(rule=rule, by="青石镇党委") and self.file.is_open_on(self.today)
        if self.may(who) and is_lawful and not self.file.is_exempt(rule, step):
            granted = Exempted(rule, step, "青石镇党委", self.today)
            self.file = replace(self.file, exemptions=(*self.file.exemptions, granted))

    def end(self, who: int) -> None:
        if self.may(who) and self.file.is_open_on(self.today):
            self.file = replace(self.file, ended_on=self.today)

    def any_step(self) -> Asked:
        """A step as a clerk may fill it in: mostly one that is near, on a day that is mostly near, mostly well."""
        random, file = self.random, self.file
        reached = max((one.step for one in file.held), default=0)
        step = random.choice(
            (min(25, reached + 1), min(25, reached + random.randint(1, 3)), max(1, reached - random.randint(0, 4)), random.randint(1, 25))
        )  # fmt: skip
        days = [self.today - timedelta(days=random.choice((0, 0, 0, 0, 1, 3, 10, 31, 60, -1)))]
        if file.held:
            days.append(random.choice(file.held).on + timedelta(days=random.choice((-1, 0, 0, 1, 7))))
        on = random.choice(days)
        return self.filled(step, on)

    def filled(self, step: int, on: date) -> Asked:
        random = self.random
        more: dict[str, object] = {}
        if random.random() < 0.04:
            more = _spoilt(random, step, on)
        elif step in (4, 8, 10, 12, 13, 17) and random.random() < 0.08:
            more = {"outcome": Outcome.FAILED}
            if step == 17:
                more["vote"] = vote(on, result="failed")
        elif step == 15 and random.random() < 0.1:
            more = {"outcome": Outcome.FAILED, "vote": vote(on, result="failed")}
        elif step in (23, 24):
            more = self._confirmation(step)
        return asked(step, on, **more)

    def _confirmation(self, step: int) -> dict[str, object]:
        outcome = self.random.choice((Outcome.CONFIRMED, Outcome.EXTENDED, Outcome.EXTENDED, Outcome.CANCELLED))
        months = self.random.choice((5, 6, 12, 13)) if outcome is Outcome.EXTENDED else 0
        agreed = self.file.last(23)
        if step == 24 and agreed is not None and self.random.random() < 0.8:
            return {"outcome": agreed.outcome, "months": agreed.months}
        return {"outcome": outcome, "months": months}


def _spoilt(random: Random, step: int, on: date) -> dict[str, object]:
    """A mistake that must be refused."""
    if step in (15, 17, 23, 24):
        return random.choice(
            (
                {"vote": None}, {"vote": vote(on, result="no_quorum")}, {"vote": vote(on, result="failed")},
                {"vote": replace(vote(on), person=99)}, {"vote": vote(on + timedelta(days=1))},
            )
        )  # fmt: skip
    if step == 5:
        return {"contacts": random.choice(((), (helper(PERSON),), (helper(2), helper(3), helper(4))))}
    if step == 9:
        return {"introducers": random.choice(((helper(2),), (helper(2), helper(2)), (helper(2), helper(PERSON))))}
    return {"days": 1, "hours": Decimal(4)} if step == 11 else {}


def broken(world: World) -> list[str]:
    """Everything that must never be so, by name."""
    file = world.file
    last = {one.step: one for one in sorted(file.held, key=lambda one: one.occurrence)}
    places = {(one.step, one.occurrence): one for one in file.held}
    firsts = {step: min(one.on for one in file.held if one.step == step) for step in last}
    found = [f"第 {step} 步没有第 {one} 步" for step in last for one in BEFORE.get(step, ()) if one not in last]
    if 7 in last and sum(one.step == 6 for one in file.held) < 2:
        found.append("考察不足两次")
    for step, held in last.items():
        for one in BEFORE.get(step, ()):
            if one not in last:
                continue
            before = firsts[one] if one == 21 else last[one].on
            if step in (
                23,
                24,
            ):  # after an extension the application comes first, and the last discussion is still the one before
                before = places[one, held.occurrence].on
            if held.on < before:
                found.append(f"第 {step} 步早于第 {one} 步")
        if any(last[one].outcome is Outcome.FAILED for one in BEFORE.get(step, ()) if one in last):
            found.append(f"第 {step} 步之前有没有通过的")
    extended = [one for one in file.held if one.step == 24 and one.outcome is Outcome.EXTENDED]
    if len(extended) > 1:
        found.append("延长两次")
    if any(not 6 <= one.months <= 12 for one in extended):
        found.append("延长的月数")
    if 7 in last and last[7].on < add_months(last[3].on, 12):
        found.append("培养不满一年")
    if 17 in last and last[17].on > add_months(last[15].on, 6):
        found.append("超过六个月审批")
    for met in (held for held in file.held if held.step == 23):
        months = 12 + sum(other.months for other in extended if other.occurrence < met.occurrence)
        if met.on < add_months(last[15].on, months):
            found.append("预备期未满")
    again = [one.on for one in file.held if one.step == 22 and one.occurrence == 2]
    if again and again[0] < extended[0].on:
        found.append("延长之前就再次申请")
    if any(one.on > world.today for one in file.held):
        found.append("将来的日期")
    if any(PERSON in (who, writer) for who, _step, writer in world.deeds):
        found.append("本人经办")
    if any(one.person == PERSON for one in (*file.contacts, *file.introducers)):
        found.append("本人作联系人或者介绍人")
    if any(rule not in EXEMPTIBLE for rule in {one.rule for one in file.exemptions}):
        found.append("豁免了不得豁免的")
    return found
