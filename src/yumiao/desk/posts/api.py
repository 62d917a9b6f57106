"""Terms and posts for machines. Who holds a post is named, so that list is on record. Must not know: SQL, how an answer is written."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.paging import Page
from yumiao.api.parameters import UNIT, choice
from yumiao.desk.posts.asked import STRUCTURE, Held, PostsAsked, TermsAsked
from yumiao.desk.posts.lists import post_rows, term_rows
from yumiao.desk.posts.resources import POSTS, TERMS, post_values, term_values
from yumiao.kernel.resources import Field, Resource
from yumiao.posts.rules import PLACES, TermState, Title

HOLDERS: Final = Resource("post", "任职", (Field("uid", "编号", note="任职的编号"), *POSTS.fields))


def _terms(call: Call) -> Answer:
    call.unit(Permission.UNIT_READ)
    found = term_rows(call.reader, TermsAsked(call.asked["unit"] or "", call.asked["state"] or ""))
    page = call.page_of(found, key=lambda row: (row.unit.path,), values=lambda row: term_values([row])[0])
    return Answer(call.reader.today, page)


def _posts(call: Call) -> Answer:
    call.unit(Permission.PERSON_READ)
    title, held = call.asked["title"], call.asked["held"]
    asked = PostsAsked(call.asked["unit"] or "", Title(title) if title else None, Held(held) if held else Held.NOW)
    found = {str(row.post.uid): row for row in post_rows(call.reader, asked)}
    page = call.page_of(
        found.values(),
        key=lambda row: (row.unit.path, PLACES[row.post.title], str(row.post.uid)),
        values=lambda row: {"uid": str(row.post.uid)},
    )
    shown = [found[one["uid"]] for one in page.rows]
    said = post_values(shown, call.reader)
    rows = [{**one, **more} for one, more in zip(page.rows, said, strict=True)]
    return Answer(call.reader.today, call.on_record(Page(rows, page.last)))


API_TERMS: Final = Endpoint(
    name="api_terms",
    below="terms/",
    title=gettext_lazy("届期"),
    note=gettext_lazy("每个应当按期换届的组织一条，没有登记届期的也在内；与“届期一览”相同。"),
    need=Permission.UNIT_READ,
    resource=TERMS,
    answer=_terms,
    parameters=(
        UNIT,
        choice(
            "state",
            gettext_lazy("情况"),
            {one.value: one.label for one in TermState} | {STRUCTURE: gettext_lazy("设置须研究")},
        ),
    ),
)
API_POSTS: Final = Endpoint(
    name="api_posts",
    below="posts/",
    title=gettext_lazy("任职"),
    note=gettext_lazy("谁在哪个组织任什么职务，与“任职名册”相同；不写 held 就是在任的。每一页都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=HOLDERS,
    answer=_posts,
    parameters=(
        UNIT,
        choice("title", gettext_lazy("职务"), {one.value: one.label for one in Title}),
        choice("held", gettext_lazy("任职状态"), {one.value: one.label for one in Held}),
    ),
)
