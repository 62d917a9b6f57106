"""What moves in the demo county: transfers in every state, one who comes back, floating members, one suspended, one who died, one removed.

Everybody stands in an office branch of a township, so that no figure of the lines moves. It must not know how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from yumiao.access.models import Account
from yumiao.access.readers import Reader
from yumiao.bylaws.queries import settings_on
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.membership.deciding import Who, decide
from yumiao.desk.stays.acting import record_guest, record_leave, record_looking, record_touch
from yumiao.desk.transfers.acting import Destination, issue, receive, refuse, register_receipt, withdraw
from yumiao.desk.transfers.arrival import Arrival
from yumiao.desk.transfers.ends import branches_below
from yumiao.desk.transfers.inward import take_in
from yumiao.journal.acts import Actor, last
from yumiao.kernel.identity import check_digit, parse
from yumiao.people.models import Belonging, Membership, Person, Stay, Transfer
from yumiao.people.services import Attributes
from yumiao.people.status import CHANGES
from yumiao.people.status_rules import Asked
from yumiao.people.stay_services import StayDraft
from yumiao.units.queries import Tree, UnitOnDay, tree

HOME: Final = "001.032"
NEXT: Final = "001.033"
ARRIVALS: Final = (("陆明远", date(1984, 3, 9)), ("岑晓川", date(1990, 8, 17)), ("石安和", date(1978, 11, 2)))
CITY: Final = "南城市东湖区街道党工委"


def record_movements(*, actor: Actor) -> None:
    """Record them once; a second run finds them there."""
    if Transfer.objects.exists() or Stay.objects.exists():
        return
    standing = tree(DEMO_DAY)
    who = Who(actor, None)
    _transfers(standing, _full_members(standing, HOME), who)
    own = _full_members(standing, NEXT)
    _changes(own, who)
    _stays(standing, _full_members(standing, HOME, first=8), actor)


def _full_members(standing: Tree, township: str, *, first: int = 0) -> Iterator[Person]:
    """Full members of the branches of a township that are no village's, in a fixed order, none of them with an account."""
    above = standing.by_code[township]
    offices = [one.id for one in standing if above.subtree.covers(one.path) and one.village is None]
    there = Belonging.objects.on(DEMO_DAY).filter(unit__in=offices, since__lt=date(2026, 1, 1)).values("person")
    full = Membership.objects.alive().filter(person__in=there, full_member_on__lte=date(2024, 1, 1)).values("person")
    accounts = Account.objects.exclude(person_uid=None).values_list("person_uid", flat=True)
    yield from Person.objects.filter(pk__in=full).exclude(uid__in=list(accounts)).order_by("pk")[first:]


def _transfers(standing: Tree, people: Iterator[Person], who: Who) -> None:
    """Two on their way, one expired, one without receipt, one done, one refused, one void, one to another county."""
    to = Destination(standing.by_code[NEXT])
    branch = next(iter(_offices(standing, NEXT)))

    def send(on: date, days: int = 90, where: Destination = to, person: Person | None = None) -> Transfer:
        moving = person or next(people)
        return issue(moving, where, on=on, valid_days=days, tree=standing, who=who, today=DEMO_DAY)

    send(date(2026, 10, 20))
    send(date(2026, 8, 1), 60)
    newcomers = iter(_arrivals(standing, who))
    taken, done = (send(on, person=next(newcomers)) for on in (date(2026, 9, 10), date(2026, 7, 6)))
    for one, on in ((taken, date(2026, 10, 12)), (done, date(2026, 7, 20))):
        # another than who sent it takes it in (PRV-14)
        receive(one.uid, branch, on=on, who=Who(Actor(None, standing.label(branch)), None), today=DEMO_DAY)
    register_receipt(done.uid, on=date(2026, 7, 28), who=who, today=DEMO_DAY)
    refuse(send(date(2026, 6, 1)).uid, on=date(2026, 6, 9), reason="本人已回原单位工作", who=who, today=DEMO_DAY)
    withdraw(send(date(2026, 5, 4)).uid, on=date(2026, 5, 5), reason="接收单位填写有误", who=who, today=DEMO_DAY)
    send(date(2026, 10, 8), where=Destination(None, CITY))


def _arrivals(standing: Tree, who: Who) -> list[Person]:
    """Three who came with letters of another county: as many as the county loses, and none of them in the workbook."""
    office, reader = _offices(standing, HOME)[0], Reader(None, DEMO_DAY, last())
    found, arrival = [], None
    for place, (name, born_on) in enumerate(ARRIVALS, 1):
        first17 = f"998001{born_on:%Y%m%d}{place * 2 + 901:03d}"
        arrival = Arrival(
            number=parse(first17 + check_digit(first17)),
            attributes=Attributes(name, "m", born_on, "瑶族", "大专"),
            membership_on=date(born_on.year + 24, 7, 1),
            full_member_on=date(born_on.year + 25, 7, 1),
            sender=CITY,
            letter=f"东湖组介〔2026〕{place}号",
            issued_on=date(2026, 3, 2),
            received_on=date(2026, 3, 20),
            branch=office,
        )
        uid = take_in(arrival, reader=reader, who=who, valid_days=90)
        found.append(Person.objects.get(uid=uid))
        if place > 1:
            letter = Transfer.objects.get(person=found[-1])
            register_receipt(letter.uid, on=date(2026, 3, 27), who=who, today=DEMO_DAY)
    if arrival is not None:
        _comes_back(standing, found[-1], arrival, who)
    return found


def _comes_back(standing: Tree, person: Person, arrival: Arrival, who: Who) -> None:
    """The last of them left again with a letter and came back in autumn."""
    away = issue(
        person, Destination(None, CITY), on=date(2026, 4, 10), valid_days=90, tree=standing, who=who, today=DEMO_DAY
    )
    register_receipt(away.uid, on=date(2026, 4, 22), who=who, today=DEMO_DAY)
    again = replace(
        arrival, letter="东湖组介〔2026〕18号", issued_on=date(2026, 8, 24), received_on=date(2026, 9, 7)
    )  # fmt: skip
    take_in(again, reader=Reader(None, DEMO_DAY, last()), who=who, valid_days=90)


def _offices(standing: Tree, township: str) -> list[UnitOnDay]:
    return [one for one in branches_below(standing, standing.by_code[township]) if one.village is None]


def _changes(people: Iterator[Person], who: Who) -> None:
    decided = (
        ("deceased", Asked(date(2026, 3, 9)), "因病去世"),
        (
            "membership_suspended",
            Asked(date(2026, 4, 2), "settled_abroad", "南塘党发〔2026〕4号"),
            "本人已在国外定居，支部大会讨论",
        ),
        (
            "removed",
            Asked(date(2026, 6, 18), "voluntary", "南塘党发〔2026〕11号"),
            "本人书面提出退党，支部大会讨论宣布除名",
        ),
    )
    for change, asked, reason in decided:
        settings = settings_on(asked.on)
        decide(next(people), CHANGES[change], asked, reason=reason, who=who, settings=settings, today=DEMO_DAY)


def _stays(standing: Tree, people: Iterator[Person], actor: Actor) -> None:
    """Four of the demo township away, one of them not heard of for long; one of elsewhere here."""
    contact = next(people).pk
    places = (
        (date(2026, 2, 25), "南城市东湖区，电子厂务工", True, False),
        (date(2026, 6, 3), "省城建筑工地，随工程流动", False, False),
        (date(2026, 3, 12), "邻省果园，季节务工", False, False),
        (date(2025, 9, 1), "国外留学", True, True),
    )
    for place, (since, words, is_fixed, is_abroad) in enumerate(places):
        person = next(people)
        draft = StayDraft(since, words, is_abroad, is_fixed, contact, date(2027, 1, 20), person=person.pk)
        uid = record_leave(person, draft, actor=actor, today=DEMO_DAY)
        if place != 2:
            record_touch(uid, date(2026, 9, 15), "phone", "情况正常", actor=actor, today=DEMO_DAY)
        else:
            _looked_for(person, actor)
    office = _offices(standing, HOME)[0]
    guest = StayDraft(date(2026, 7, 1), CITY, False, True, unit=office.id, guest="陆远行")
    record_guest(guest, actor=actor, today=DEMO_DAY)


def _looked_for(person: Person, actor: Actor) -> None:
    """Nobody could reach him so far: one way short of what a suspension asks for."""
    for on, channel, note in (
        (date(2026, 9, 14), "phone", "号码已停机"),
        (date(2026, 10, 12), "relatives", "家人半年没有消息"),
    ):
        given = {"on": on, "channel": channel, "outcome": "nothing", "made_by": "傅海林", "note": note}
        record_looking(person, given, actor=actor, today=DEMO_DAY)
