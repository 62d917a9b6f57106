"""把一个地址的全部内容读下来，每行一条 JSON。

用法：YUMIAO_TOKEN=yumiao_… python client.py https://主机/api/lines/ day=2026-10-31 > lines.jsonl
只用 Python 标准库；令牌从环境变量读取，不写在命令里。
"""

import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

PATIENCE = 5  # 太快或系统忙时最多再试几次


class Refused(Exception):
    """系统没有答，文字说明原因。"""


def get(address, token):
    """读一页；系统说“过一会儿再来”就等一等。"""
    for _ in range(PATIENCE):
        try:
            with urlopen(Request(address, headers={"Authorization": f"Bearer {token}"}), timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:
            if error.code not in (429, 503):
                problem = json.load(error)
                raise Refused(f"{problem['title']}（{error.code}）：{problem.get('detail', '')}") from None
            time.sleep(int(error.headers.get("Retry-After", "10")))
    raise Refused("系统一直忙，过一会儿再试。")


def items(address, token):
    """所有页的所有条目；next 照抄，不自己编。"""
    while address:
        page = get(address, token)
        if "item" in page:
            yield page["item"]
            return
        yield from page["items"]
        address = page["next"] and urljoin(address, page["next"])


def main(address, *conditions):
    asked = urlencode(dict(one.split("=", 1) for one in conditions))
    for item in items(f"{address}?{asked}" if asked else address, os.environ["YUMIAO_TOKEN"]):
        print(json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Refused as refused:
        sys.exit(str(refused))
