"""Opening a member's own account: the person and the branch come from the register, only the login name is asked.

Must not know: who may appoint; the service judges.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant
from yumiao.access.door import Request, door, fetch, parsed_once
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import open_invitation
from yumiao.desk.accounts.forms import MemberForm
from yumiao.desk.refusals import refusal_on_record
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Membership, Person
from yumiao.units.queries import UnitOnDay


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=("GET", "POST"))
def invite_member(request: Request, uid: uuid.UUID) -> HttpResponse:
    name, unit = _member(request, uid)
    form = MemberForm(request.POST if request.method == "POST" else None, initial={"since": request.today})
    objections: tuple[Objection, ...] = ()
    if form.is_valid():
        given = form.cleaned_data
        try:
            invited = invite(
                username=given["username"],
                display_name=name,
                grant=Grant(Role.MEMBER, unit, given["since"], given["until"] or FOREVER),
                person=uid,
                actor=request.reader.actor,
                today=request.today,
                once=parsed_once(request),
            )
        except AlreadyDone:
            messages.info(request, _("账号已经开设。没有记下开户码的，在账号页重新发码。"))
            return redirect("accounts")
        except Refused as error:
            objections = error.objections
        else:
            invitation = open_invitation(invited.account, timezone.now())
            said = {"account": invited.account, "code": invited.code, "invitation": invitation}
            return render(request, "access/invited.html", said)
    values = {"uid": uid, "name": name, "unit": unit, "form": form, "objections": objections}
    return render(request, "desk/accounts/invite_member.html", values, status=409 if objections else 200)


def _member(request: Request, uid: uuid.UUID) -> tuple[str, UnitOnDay]:
    """Name and branch of a member whom the reader sees and may open an account for; `OutOfScope` for who is none."""
    reader, today = request.reader, request.today
    with refusal_on_record(request, uid):
        person = fetch(Person.objects.all(), reader, Permission.ACCOUNT_INVITE, see=Permission.PERSON_READ, uid=uid)
    if not Membership.objects.alive().filter(person=person, membership_on__lte=today, ended_on__gt=today).exists():
        raise OutOfScope("不是党员，没有党员账号可开。")
    stands_in = person.belongings.on(today).get().unit_id
    return person.records.on(today).get().name, reader.tree.by_id[stands_in]
