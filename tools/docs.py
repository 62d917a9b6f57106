"""Generated pages: `PAGES` says which function gives which file; they are written, or compared with the tree.

It must not know what a page says: the functions are the project's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def rules_page() -> str:
    from yumiao.desk.rulebook import RULEBOOK
    from yumiao.rulebook import render

    return render(RULEBOOK)


def permissions_page() -> str:
    from yumiao.access.permission_page import render

    return render() + "\n"


def status_page() -> str:
    from yumiao.people.status_page import render

    return render() + "\n"


def steps_page() -> str:
    from yumiao.admission.path_page import render

    return render()


PAGES: dict[str, Callable[[], str]] = {
    "docs/rules.md": rules_page,
    "docs/permissions.md": permissions_page,
    "docs/status.md": status_page,
    "docs/steps.md": steps_page,
}


def stale_pages() -> list[str]:
    """The generated pages whose file is missing or says something else."""
    return [
        target
        for target, page in PAGES.items()
        if not (ROOT / target).exists() or (ROOT / target).read_text(encoding="utf-8") != page()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the generated pages with their source, or write them.")
    parser.add_argument("--write", action="store_true", help="write the pages that are not current")
    options = parser.parse_args()
    stale = stale_pages()
    if options.write:
        for target in stale:
            (ROOT / target).write_text(PAGES[target](), encoding="utf-8")
            print(f"wrote {target}")
        return 0
    print("\n".join(f"{target} is not current; run `make docs`" for target in stale) or "generated pages are current")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
