"""The lists of terms and of posts as they go out, read as their pages read them. Must not know: how a file is written."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going
from yumiao.desk.posts import resources
from yumiao.desk.posts.asked import STRUCTURE, PostsAsked, TermsAsked
from yumiao.desk.posts.lists import post_rows, term_rows, unit_asked
from yumiao.posts.rules import TermState
from yumiao.ui.addresses import reverse


def terms(reader: Reader, get: QueryDict) -> Going:
    asked = TermsAsked.parsed({name: str(value) for name, value in get.items()})
    found, unit = term_rows(reader, asked), unit_asked(reader, asked.unit, Permission.UNIT_READ)
    state = _("设置须研究") if asked.state == STRUCTURE else TermState(asked.state).label if asked.state else ""
    return Going(
        resource=resources.TERMS,
        title=resources.TERMS.title,
        unit=unit or reader.home,
        day=reader.today,
        conditions=[state] if state else [],
        count=len(found),
        is_of_people=False,
        rows=lambda most: resources.term_values(found[:most]),
        back=f"{reverse('terms')}?{asked.query}",
    )


def posts(reader: Reader, get: QueryDict) -> Going:
    asked = PostsAsked.parsed({name: str(value) for name, value in get.items()})
    found, unit = post_rows(reader, asked), unit_asked(reader, asked.unit, Permission.PERSON_READ)
    said = (asked.held.label, asked.title.label if asked.title else "", asked.q)
    return Going(
        resource=resources.POSTS,
        title=resources.POSTS.title,
        unit=unit or reader.home,
        day=reader.today,
        conditions=[words for words in said if words],
        count=len(found),
        is_of_people=True,
        rows=lambda most: resources.post_values(found[:most], reader),
        back=f"{reverse('posts')}?{asked.query}",
    )
