"""The list of people, a person's page, the whole numbers. Must not know: SQL, what a rule says."""

from __future__ import annotations

import uuid
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, fetch
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.desk.file_audits.on_person import file_on_page
from yumiao.desk.people.contradictions import MENDED_IN
from yumiao.desk.people.dossier import dossier
from yumiao.desk.people.filters import SCHOOLINGS, Filter, Kind, age_label, misread, schooling_label
from yumiao.desk.people.forms import RevealForm
from yumiao.desk.people.lists import people_list
from yumiao.desk.people.looks import may_see_looks
from yumiao.desk.people.places import placed, units_to_choose
from yumiao.desk.people.prints import person_pdf
from yumiao.desk.refusals import MergedAway, keep_pace, keep_reveal_pace, refusal_on_record
from yumiao.journal.chain import short_code
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.identity import scrub
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Person, PersonSecret
from yumiao.people.names import LONGEST, is_number
from yumiao.people.queries import whereabouts, whole_numbers_of
from yumiao.press.answers import pdf

AGES = ("-25", "26-35", "36-45", "46-55", "56-65", "66-75", "76-", "unknown")


@door(Permission.PERSON_READ)
def people(request: Request) -> HttpResponse:
    """The list by the conditions of its address."""
    asked, offered = placed(request.reader, Filter.parsed(request.GET.dict()), request.GET.get("place"))
    found = people_list(request.reader, asked, after=_uid(request, "after"), before=_uid(request, "before"))
    values = {
        "found": found,
        "chips": asked.chips(found.unit.name if found.unit else ""),
        "is_number": is_number(request.GET.get("q", "")),
        "misread": misread(request.GET.dict()),
        "units": units_to_choose(request.reader, found.unit),
        "typed": request.GET.get("place", "")[:LONGEST],
        "offered": [(request.reader.tree.label(one), replace(asked, unit=one.code).url) for one in offered or ()],
        "is_lost": offered == [],
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "sexes": [("m", _("男")), ("f", _("女"))],
        "ages": [(age, age_label(age)) for age in AGES],
        "schoolings": [(one, schooling_label(one)) for one in (*SCHOOLINGS, "junior", "unlisted", "none")],
    }
    return render(request, "desk/people/list.html", values)


@door(SIGNED_IN)
def person(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One person's page; that it was opened is on record before anything is shown."""
    listed = Filter.parsed(dict(parse_qsl(request.GET["from"]))) if "from" in request.GET else None
    keep_pace(request)
    try:
        with refusal_on_record(request, uid):
            page = dossier(request.reader, uid, listed)
    except MergedAway as away:
        messages.info(request, _("这份档案已并入本页的人员，并入前的内容见“并入的档案”。"))
        return redirect("person", away.uid)
    actor = request.reader.acting(Permission.PERSON_READ, page.unit)
    record_reading(What.PAGE, actor=actor, subject_kind="person", subject=uid, count=1)
    values = {
        "page": page,
        "old_file": file_on_page(request.reader, uid, page.unit) if page.membership else None,
        "mended_in": MENDED_IN,
        "may_reveal": page.unit is not None and request.reader.may_at(Permission.PERSON_REVEAL, page.unit),
        "may_invite": page.unit is not None and request.reader.may_at(Permission.ACCOUNT_INVITE, page.unit),
        "may_correct": page.unit is not None and request.reader.may_at(Permission.PERSON_CORRECT, page.unit),
        "may_change": page.unit is not None and request.reader.may_at(Permission.MEMBERSHIP_CHANGE, page.unit),
        "may_stay": page.unit is not None and request.reader.may_at(Permission.STAY_RECORD, page.unit),
        "may_apply": page.can_apply
        and page.unit is not None
        and request.reader.may_at(Permission.CASE_RECORD, page.unit),
        "may_entry": request.reader.may(Permission.JOURNAL_READ),
        "may_see_looks": page.is_own or may_see_looks(request.reader, page.unit),
    }
    return render(request, "desk/people/person.html", values)


@door(SIGNED_IN)
def person_on_paper(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The same on a sheet, numbers masked; on record as a print."""
    keep_pace(request)
    try:
        with refusal_on_record(request, uid):
            page = dossier(request.reader, uid, None)
    except MergedAway as away:
        return redirect("person_pdf", away.uid)
    actor = request.reader.acting(Permission.PERSON_READ, page.unit)
    record_reading(What.PRINT, actor=actor, subject_kind="person", subject=uid, count=1)
    code = _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))
    name = _("{name}基本情况表（{day}）.pdf").format(name=page.name, day=on_paper(request.today))
    return pdf(request, name, lambda: person_pdf(page, day=request.today, code=code))


@door(Permission.PERSON_REVEAL, fresh=True, methods=("GET", "POST"))
def person_numbers(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The whole numbers, on the answer to a stated reason and nowhere else."""
    see, need = Permission.PERSON_READ, Permission.PERSON_REVEAL
    with refusal_on_record(request, uid):
        somebody = fetch(Person.objects.all(), request.reader, need, see=see, uid=uid)
    form = RevealForm(request.POST if request.method == "POST" else None)
    numbers = []
    if form.is_bound and form.is_valid():
        keep_reveal_pace(request)
        reason, place = scrub(form.cleaned_data["reason"]), whereabouts(uid)
        actor = request.reader.acting(need, request.reader.tree.by_id.get(place[1]) if place else None)
        record_reading(What.REVEAL, actor=actor, subject_kind="person", subject=uid, count=1, purpose=reason)
        labels = dict(PersonSecret.Kind.choices)
        numbers = [(labels[kind], number) for kind, number in sorted(whole_numbers_of(somebody).items())]
    name = somebody.records.on(request.today).get().name
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    values = {"uid": uid, "name": name, "form": form, "numbers": numbers}
    return render(request, "desk/people/numbers.html", values, status=status)


def _uid(request: Request, name: str) -> uuid.UUID | None:
    """A person an address names; None for what names none."""
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None
