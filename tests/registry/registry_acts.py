"""The acts of a registry that a random history is made of, as clerks would ask for them, each told to the remembered county too.

A refusal is an answer: it leaves nothing behind. Anything else that is raised is a fault of the program. What each act is about comes
from dice, evenly: most histories are then made of things that can be done.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, ClassVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from tests.cast import COUNTY, Cast
from tests.registry.remembered_county import Appointed, Ended, Happenings, Joined, Lent, Post, Received, Reformed
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.delegation_rules import lendable
from yumiao.access.delegations import Loan, delegate
from yumiao.access.delegations import take_back as take_loan_back
from yumiao.access.models import Appointment
from yumiao.access.permissions import Role
from yumiao.access.readers import Reader, tree_of
from yumiao.bylaws.queries import settings_on
from yumiao.desk.doubles import merging
from yumiao.desk.doubles.relations import BELONGING
from yumiao.desk.doubles.sides import to_choose
from yumiao.desk.membership.deciding import Who, decide
from yumiao.desk.membership.undoing import UNDOABLE, undo_change
from yumiao.desk.reforms.doing import carry_out, take_reform_back
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.transfers import acting
from yumiao.desk.transfers.ends import branches_below
from yumiao.journal.acts import last
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import EVERYTHING, Scope
from yumiao.ledger.issuing import issue
from yumiao.ledger.models import Issue
from yumiao.people.models import Person, Transfer
from yumiao.people.status import CHANGES
from yumiao.people.status_rules import Asked
from yumiao.units.changes import Close, Found, Merge, Move, Rename, Split, Step, codes_of
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.reforming import Paper

WATCHED = ("officer", "clerk_a", "clerk_b", "secretary_a", "secretary_b", "general_secretary", "assistant", "auditor")
ROLES = (Role.TOWNSHIP_CLERK, Role.BRANCH_SECRETARY, Role.ASSISTING_UNIT)
WAYS = ("rename", "move", "found", "close", "merge", "merge into new", "split off", "split")
STATUS = ("deceased", "membership_suspended", "membership_restored")
NEAR = {  # whom a post may be lent to, by the rules
    "clerk_a": ("clerk_b", "assistant"),
    "clerk_b": ("clerk_a",),
    "secretary_a": ("secretary_b", "general_secretary"),
}
REASON = "登记有误"


class Acts(RuleBasedStateMachine):
    """`today` goes on; `happened` is what the county should be; `issued` are the issues with their content as it was."""

    cast: ClassVar[Cast]
    today: date
    happened: Happenings
    issued: list[tuple[Issue, bytes]]
    founded: int
    touched: list[str]
    moved: list[Hashable]

    @property
    def tree(self) -> Tree:
        return tree_of(self.today, last())

    def reader(self, who: str) -> Reader:
        return Reader(self.cast.accounts[who], self.today, last())

    @property
    def everywhere(self) -> Scope:
        return Scope((EVERYTHING,), self.today)

    def attempt(self, what: str, do: Callable[[], object]) -> int:
        """The number of the entry that was written; 0 where it was refused."""
        before = last().seq
        try:
            do()
        except (Refused, OutOfScope, NotAllowed) as refusal:
            note(f"{self.today} {what}: {type(refusal).__name__}")
            assert last().seq == before
            return 0
        note(f"{self.today} {what}: entry {before + 1}")
        assert last().seq == before + 1
        return last().seq

    def unit(self, dice: Random) -> UnitOnDay:
        """Any, or one that something happened to: acts that touch the same are those that may disturb each other."""
        touched = [self.tree.by_code[code] for code in self.touched if code in self.tree.by_code]
        return dice.choice(
            touched if touched and dice.random() < 0.5 else sorted(self.tree, key=lambda unit: unit.code)
        )

    def person(self, dice: Random) -> Person:
        touched = [who for who in self.moved if who in self.happened.now.stays]
        everybody = list(self.happened.now.stays)
        return Person.objects.get(uid=dice.choice(touched if touched and dice.random() < 0.4 else everybody))

    def lately(self, dice: Random, most: int = 40) -> date:
        return self.today - timedelta(days=dice.choice((0, dice.randint(0, most))))

    # units

    def reform(self, dice: Random) -> None:
        steps: list[Step] = []
        for _step in range(dice.choice((1, 1, 2))):
            steps += self._steps(dice.choice(WAYS), self.unit(dice), dice)
        parts = [code for step in steps if isinstance(step, Split) for code in step.into]
        assigned = {who: dice.choice(parts) for who in self.happened.now.stays if parts and dice.random() < 0.5}
        day = self.lately(dice)
        paper, plan = Paper("组织变更", "青岚组发〔2026〕12号", day, day), Reforming(steps, assigned)  # type: ignore[arg-type]
        given: dict[str, Any] = {"actor": self.cast.operator, "today": self.today, "scope": self.everywhere}
        if seq := self.attempt(f"reform since {day} {steps}", lambda: carry_out(plan, paper, **given)):
            self.happened.add(seq, Reformed(steps, day, self.today, assigned))
            self.touched += [code for step in steps for code in codes_of(step) if code != COUNTY]

    def _steps(self, way: str, one: UnitOnDay, dice: Random) -> list[Step]:
        beside = [unit for unit in self.tree if unit.parent == one.parent] or [one]
        other = dice.choice(beside) if dice.random() < 0.7 else self.unit(dice)
        founds = [self._found(one), self._found(one)]
        new, second = (found.code for found in founds)
        match way:
            case "rename":
                return [Rename(one.code, f"新{one.name}"[:40])]
            case "move":
                return [Move(one.code, other.code)]
            case "found":
                return founds[:1]
            case "close":
                return [Close(one.code)]
            case "merge":
                return [Merge((one.code, other.code), one.code)]
            case "merge into new":
                return [founds[0], Merge((one.code, other.code), new)]
            case "split off":
                return [founds[0], Split(one.code, (one.code, new))]
            case _:
                return [*founds, Split(one.code, (new, second))]

    def _found(self, like: UnitOnDay) -> Found:
        """A new unit beside another."""
        self.founded += 1
        above = self.tree.by_id.get(like.parent or 0, like)
        return Found(f"001.8{self.founded:02d}", f"新设{self.founded}村党支部", like.kind.label, above.code)

    # people

    @property
    def who(self) -> Who:
        return Who(self.cast.operator, None)

    @property
    def receiver(self) -> Who:
        """Another than who sends."""
        return Who(self.reader("officer").actor, None)

    def send(self, dice: Random) -> uuid.UUID | None:
        """A letter within the county or out of it, or the material of an applicant."""
        towns = [self.tree.by_id[unit.township] for unit in self.tree if unit.township == unit.id]
        to = acting.Destination(dice.choice(towns)) if dice.random() < 0.8 else acting.Destination(None, "外县党工委")
        person, on = self.person(dice), self.lately(dice)
        letter: list[Transfer] = []
        given: dict[str, Any] = {"tree": self.tree, "who": self.who, "today": self.today, "valid_days": 30}
        self.attempt(f"letter of {person.uid} on {on}", lambda: letter.append(acting.issue(person, to, on=on, **given)))
        return letter[0].uid if letter else None

    def receive(self, dice: Random) -> None:
        if (uid := self.letter(dice)) is not None:
            self._receive(uid, dice)

    def send_and_receive(self, dice: Random) -> None:
        if (uid := self.send(dice)) is not None:
            self._receive(uid, dice)

    def letter(self, dice: Random) -> uuid.UUID | None:
        uids = list(Transfer.objects.order_by("pk").values_list("uid", flat=True))
        return dice.choice(uids) if uids else None

    def _receive(self, uid: uuid.UUID, dice: Random) -> None:
        transfer = Transfer.objects.get(uid=uid)
        to = self.tree.by_id.get(transfer.to_unit_id or 0)
        branches = branches_below(self.tree, to) if to else ()
        if not branches:
            return
        touched = [branch for branch in branches if branch.code in self.touched] or branches
        branch = dice.choice((dice.choice(branches), dice.choice(touched)))
        on = max(self.lately(dice, 5), transfer.issued_on)
        do = partial(acting.receive, uid, branch, on=on, who=self.receiver, today=self.today)
        if seq := self.attempt(f"{transfer.person.uid} received on {on} in {branch.code}", do):
            left = self.happened.now.stays[transfer.person.uid][-1].unit
            self.happened.add(seq, Received(transfer.person.uid, branch.code, on))
            self.touched += [left, branch.code]
            self.moved.append(transfer.person.uid)

    def move_a_letter_on(self, dice: Random) -> None:
        if (uid := self.letter(dice)) is None:
            return
        given: dict[str, Any] = {"on": self.lately(dice, 5), "who": self.who, "today": self.today}
        how = dice.choice((acting.refuse, acting.withdraw, acting.register_receipt))
        if how is not acting.register_receipt:
            given["reason"] = "不转了"
        self.attempt(f"letter {how.__name__}", lambda: how(uid, **given))

    def change_a_status(self, dice: Random) -> None:
        person, change, on = self.person(dice), CHANGES[dice.choice(STATUS)], self.lately(dice)
        asked = Asked(on, "settled_abroad", "青石党发〔2026〕1号", 12)
        given: dict[str, Any] = {"who": self.who, "settings": settings_on(self.today), "today": self.today}
        self.attempt(
            f"{change.key} {person.uid} on {on}", lambda: decide(person, change, asked, reason="讨论", **given)
        )

    def make_one_of_two(self, dice: Random) -> None:
        reader, uids = self.reader("officer"), (self.person(dice).uid, self.person(dice).uid)
        try:
            pair = merging.pair_of(reader, *uids)
        except OutOfScope:
            return
        choices = {piece: dice.choice((pair.gone.uid, pair.kept.uid)) for piece in to_choose(pair.kept, pair.gone)}
        do = partial(merging.merge, reader, pair, choices, reason="核对了身份证")
        if seq := self.attempt(f"{pair.gone.uid} becomes {pair.kept.uid}", do):
            moves = choices.get(BELONGING) == pair.gone.uid
            self.happened.add(seq, Joined(pair.kept.uid, pair.gone.uid, moves))

    # what was done

    def take_back(self, dice: Random) -> None:
        """A reform, a movement or a merging of records, the latest or any."""
        verbs = (Verb.REFORM_CARRIED_OUT, Verb.PEOPLE_MERGED, *UNDOABLE)
        done = list(Entry.objects.filter(verb__in=verbs).order_by("-seq").values_list("seq", "verb"))
        if not done:
            return
        seq, verb = dice.choice((done[0], dice.choice(done)))
        if self.attempt(f"taking back {seq} {verb}", lambda: self._take_back(seq, verb)):
            self.happened.take_back(seq)

    def _take_back(self, seq: int, verb: str) -> None:
        given: dict[str, Any] = {"actor": self.cast.operator, "reason": REASON}
        if verb == Verb.REFORM_CARRIED_OUT:
            take_reform_back(seq, today=self.today, scope=self.everywhere, **given)
        elif verb == Verb.PEOPLE_MERGED:
            merging.take_decision_back(self.reader("officer"), seq, reason=REASON)
        else:
            undo_change(seq, **given)

    def issue_a_ledger(self, dice: Random) -> None:
        unit = self.tree.by_code[COUNTY] if dice.random() < 0.5 else self.unit(dice)
        given: dict[str, Any] = {"unit": unit.id, "day": self.lately(dice), "today": self.today, "note": ""}
        if self.attempt(f"issue of {unit.code}", lambda: issue(**given, actor=self.cast.operator)):
            made = Issue.objects.latest("pk")
            self.issued.append((made, bytes(made.payload)))

    def days_go_by(self, dice: Random) -> None:
        self.today += timedelta(days=dice.randint(1, 20))

    # who may look

    def appoint(self, dice: Random) -> None:
        who, role, unit = dice.choice(WATCHED), dice.choice(ROLES), self.unit(dice)
        since = self.today + timedelta(days=dice.choice((0, 3)))
        until = dice.choice((FOREVER, since + timedelta(days=dice.randint(1, 60))))
        grant, account = Grant(role, unit, since, until), self.cast.accounts[who]
        do = partial(appoint, account=account, grant=grant, actor=self.cast.operator, today=self.today)
        if seq := self.attempt(f"{who} {role} at {unit.code}", do):
            self.happened.add(seq, Appointed(Post(who, role, unit.code, since, until, key=seq)))

    def end(self, dice: Random) -> None:
        post, until = dice.choice(self.happened.now.posts), self.today + timedelta(days=dice.randint(0, 10))
        account = self.cast.accounts[post.account]
        terms = {"account": account, "role": post.role, "unit__code": post.unit, "since": post.since}
        row = Appointment.objects.alive().filter(**terms).first()
        if row is None or post.unit not in self.tree.by_code:
            return
        given: dict[str, Any] = {"until": until, "actor": self.cast.operator, "today": self.today}
        if seq := self.attempt(f"end of {post}", lambda: end_appointment(appointment=row.pk, **given)):
            self.happened.add(seq, Ended(post, until))

    def lend(self, dice: Random) -> None:
        post = dice.choice([post for post in self.happened.now.posts if post.account in NEAR])
        other = dice.choice((dice.choice(NEAR[post.account]), dice.choice(WATCHED)))
        unit, since = self.tree.by_code.get(post.unit), self.today + timedelta(days=dice.choice((0, 0, 2)))
        if unit is None:
            return
        until, key = since + timedelta(days=dice.randint(1, 30)), list[uuid.UUID]()
        giver, actor = self.cast.accounts[post.account], self.reader(post.account).actor
        loan = Loan(giver, post.role, unit, self.cast.accounts[other], since, until, lendable(post.role), "外出")
        if seq := self.attempt(
            f"{post} lent to {other}", lambda: key.append(delegate(loan, actor=actor, today=self.today))
        ):
            lent = Post(other, post.role, post.unit, since, until, giver=post.account, key=key[0])
            self.happened.add(seq, Lent(lent))

    def take_a_loan_back(self, dice: Random) -> None:
        if loans := self.happened.now.loans:
            loan = dice.choice(loans)
            actor, key = self.reader(loan.giver).actor, loan.key
            assert isinstance(key, uuid.UUID)
            do = partial(take_loan_back, key, actor=actor, today=self.today)
            if seq := self.attempt(f"{loan} taken back", do):
                self.happened.add(seq, Ended(loan, self.today))


OFTEN = {
    Acts.reform: 6,
    Acts.take_back: 4,
    Acts.send_and_receive: 3,
    Acts.send: 1,
    Acts.receive: 1,
    Acts.move_a_letter_on: 1,
    Acts.change_a_status: 1,
    Acts.make_one_of_two: 2,
    Acts.issue_a_ledger: 2,
    Acts.days_go_by: 2,
    Acts.appoint: 2,
    Acts.end: 1,
    Acts.lend: 2,
    Acts.take_a_loan_back: 1,
}
