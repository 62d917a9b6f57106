"""An endpoint: one declaration gives its address, who may ask, its parameters, its answer and its description.

An answer says for which day and up to which entry of the journal it speaks. Must not know: what apps offer, how a token is checked.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yumiao.access.door import Request, View, door
from yumiao.access.permissions import Permission
from yumiao.access.problems import problem
from yumiao.access.readers import Reader
from yumiao.api.answers import answered, malformed, tag_of, unchanged
from yumiao.api.paging import Key, Lost, Page, T, marked, page_of, unmarked
from yumiao.api.parameters import PAGING, Faulty, Parameter, Words, parsed
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Resource, Values
from yumiao.kernel.scope import Scope
from yumiao.units.queries import UnitOnDay

ROOT: Final = "api/"
M = TypeVar("M", bound=Model)
_PLACE = re.compile(r"<\w+:(\w+)>")


class Missing(Exception):
    """What was asked for is well said, and there is no such thing: a day that has not come."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the values of every parameter, those of the path among them, and the key its page begins after."""

    request: Request
    asked: Mapping[str, Any]
    after: Key | None = None

    @property
    def reader(self) -> Reader:
        """By the rights of the token, which are a part of its account's."""
        return self.request.reader

    def page_of(self, things: Iterable[T], *, key: Callable[[T], Key], values: Callable[[T], Values]) -> Page:
        """The page that is asked for of a list that is in memory, ordered by its keys."""
        return page_of(things, key=key, values=values, after=self.after, limit=self.limit)

    def page_by(self, rows: QuerySet[M], column: str, values: Callable[[list[M]], list[dict[str, Any]]]) -> Page:
        """The page that is asked for of rows of the database, in the order of a column in which no two are the same."""
        if self.after is not None:
            rows = rows.filter(**{f"{column}__gt": self.after[0]})
        found = list(rows.order_by(column)[: self.limit + 1])
        shown, mark = found[: self.limit], getattr(found[self.limit - 1], column) if len(found) > self.limit else None
        return Page(values(shown), None if mark is None else (mark if isinstance(mark, int) else str(mark),))

    @property
    def limit(self) -> int:
        return int(self.asked["limit"])

    @property
    def purpose(self) -> str:
        """What is written beside a reading."""
        return _("接口令牌：%(name)s") % {"name": self.request.token.name}

    def unit(self, need: Permission, code: str | None = None) -> UnitOnDay | None:
        """The unit of a code, else the one that `unit` asks for; None where it asks for none. Raises `OutOfScope` beyond the token's reach."""
        asked = code or self.asked.get("unit")
        if not asked:
            return None
        found = self.reader.tree.by_code.get(asked)
        if found is None or not self.reader.may_at(need, found):
            raise OutOfScope(f"没有代码为 {asked} 的组织。")
        return found

    def scope(self, need: Permission) -> Scope:
        """What the token reaches of what `unit` asks for."""
        unit = self.unit(need)
        return self.reader.scope(need) if unit is None else Scope((unit.subtree,), self.reader.today)

    def on_record(self, page: Page) -> Page:
        """The page, after a reading of as many people as it names was recorded; an empty one names nobody."""
        if page.rows:
            unit = self.unit(Permission.PERSON_READ) or self.reader.home
            self.recorded("unit", unit.uid if unit else None, len(page.rows))
        return page

    def recorded(self, kind: str, subject: uuid.UUID | None, count: int) -> None:
        """Put a reading of `count` people on record."""
        record_reading(
            What.API,
            actor=self.reader.actor,
            subject_kind=kind,
            subject=subject,
            count=count,
            purpose=self.purpose,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """`page` of a list or `item` of one thing, as it stood on `day`."""

    day: date
    page: Page | None = None
    item: Values | None = None


@dataclass(frozen=True)
class Endpoint:
    """`below` is the address below `/api/` as Django writes it, `parts` are the parameters in it; `is_list`: it answers in pages.

    `answer` raises what a page's query raises, `Missing` and `Faulty`; what names people it puts on record before it returns.
    """

    name: str
    below: str
    title: Words
    note: Words
    need: Permission
    resource: Resource
    answer: Callable[[Call], Answer]
    parameters: tuple[Parameter, ...] = ()
    parts: tuple[Parameter, ...] = ()
    is_list: bool = True

    @property
    def declared(self) -> tuple[Parameter, ...]:
        """Every parameter after the `?`."""
        return (*self.parameters, *PAGING) if self.is_list else self.parameters

    @property
    def address(self) -> str:
        """As readers and OpenAPI write it: `/api/people/{uid}/`."""
        return f"/{ROOT}" + _PLACE.sub(r"{\1}", self.below)

    @cached_property
    def view(self) -> View:
        @door(self.need, by_token=True)
        def asked(request: Request, **parts: Any) -> HttpResponse:
            return self._answered(request, parts)

        return asked

    @property
    def url(self) -> URLPattern:
        return path(f"{ROOT}{self.below}", self.view, name=self.name)

    def _answered(self, request: Request, parts: Mapping[str, Any]) -> HttpResponse:
        tag = tag_of(request)
        try:
            call = self._call(request, parts)
            if (known := unchanged(request, tag)) is not None:
                return known
            document = self._document(request, self.answer(call))
        except Faulty as error:
            return malformed(error.faults)
        except Missing as error:
            return problem(HTTPStatus.NOT_FOUND, _("没有找到"), str(error), kind="missing")
        except Lost:
            detail = _("after 不是这个地址给出的 next，或者已经失效。请从第一页重新读起。")
            return problem(HTTPStatus.NOT_FOUND, _("没有这一页"), detail, kind="page")
        return answered(document, tag)

    def _call(self, request: Request, parts: Mapping[str, Any]) -> Call:
        asked = parsed(self.declared, request.GET)
        mark = asked.get("after")
        after = unmarked(mark, of=self.name) if mark else None
        return Call(request, asked | dict(parts), after)

    def _document(self, request: Request, found: Answer) -> dict[str, Any]:
        about = {"day": found.day.isoformat(), "entry": request.reader.head.seq}
        if found.page is None:
            return about | {"item": self.resource.document(found.item or {})}
        items = [self.resource.document(row) for row in found.page.rows]
        return about | {"items": items, "next": self._onward(request, found.page.last)}

    def _onward(self, request: HttpRequest, last: Key | None) -> str | None:
        """The address of the next page, without the host."""
        if last is None:
            return None
        said = {**request.GET.dict(), "after": marked(last, of=self.name)}
        return f"{request.path}?{urlencode(said)}"
