"""The description of the API in OpenAPI 3.1, made from the declarations of its endpoints and nothing else.

Must not know: which endpoints there are, who asks, what is in the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao import __version__
from yumiao.access.problems import CONTENT_TYPE
from yumiao.api.answers import JSON
from yumiao.api.endpoints import Endpoint

_DAY: Final = {"type": "string", "format": "date"}
_ENTRY: Final = {"type": "integer", "minimum": 0}


def description(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The whole document. It holds nothing that is not the same in every installation of this release."""
    offered = tuple(endpoints)
    schemas = {one.resource.name: one.resource.schema() for one in offered}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("育苗 数据接口"),
            "version": __version__,
            "description": _("只读。号码一律掩码；不知道的值是 null。用法见使用手册“数据接口”一章。"),
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {one.address: {"get": _operation(one)} for one in offered},
        "components": {
            "schemas": {**schemas, "problem": _problem()},
            "responses": _refusals(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": _("接口令牌，在“接口令牌”页面申请。")}
            },
        },
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    parameters = [part.description(in_path=True) for part in one.parts] + [each.description() for each in one.declared]
    answer = {
        "description": str(one.title),
        "headers": {"ETag": {"description": _("带着它再问，没有变化就答 304。"), "schema": {"type": "string"}}},
        "content": {JSON: {"schema": envelope(one)}},
    }
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _STATUSES}
    return {
        "operationId": one.name,
        "summary": str(one.title),
        "description": str(one.note),
        "parameters": parameters,
        "responses": {"200": answer, "304": {"description": _("没有变化。")}, **refused},
    }


def envelope(one: Endpoint) -> dict[str, Any]:
    """What stands around the rows of a list, or around one thing."""
    row = {"$ref": f"#/components/schemas/{one.resource.name}"}
    onward = {"anyOf": [{"type": "string"}, {"type": "null"}], "description": _("下一页的地址；null 表示读完了")}
    found = {"items": {"type": "array", "items": row}, "next": onward} if one.is_list else {"item": row}
    about = {
        "day": {**_DAY, "description": _("数字所说的日期")},
        "entry": {**_ENTRY, "description": _("算到全程纪实的第几条")},
    }
    properties = {**about, **found}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_STATUSES: Final = (400, 401, 403, 404, 405, 429, 500, 503)


def _refusals() -> dict[str, Any]:
    words = {
        400: _("参数不对。"),
        401: _("没有令牌，或者令牌无效、过期、已撤销。"),
        403: _("令牌不含所需的权限。"),
        404: _("没有找到，或不在令牌的范围内。"),
        405: _("只能用 GET 或 HEAD。"),
        429: _("太快了，过一会儿再来。"),
        500: _("系统出错。"),
        503: _("数据库或磁盘暂时不可用。"),
    }
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {str(status): {"description": said, "content": content} for status, said in words.items()}


def _problem() -> dict[str, Any]:
    """Problem details, RFC 9457."""
    text = {"type": "string"}
    fault = {"type": "object", "properties": {"parameter": text, "reason": text}, "required": ["parameter", "reason"]}
    return {
        "type": "object",
        "properties": {
            "type": {**text, "format": "uri-reference", "description": _("手册里说明这一种错误的地方")},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "faults": {"type": "array", "items": fault, "description": _("逐个参数说明哪里不对")},
        },
        "required": ["type", "title", "status"],
    }
