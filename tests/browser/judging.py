"""What every page has to be, whatever it shows. Each function gives the faults it finds, in words that lead to their place.

Must not know: the pages.
"""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
GRAVE = ("serious", "critical")
# what may stand on a page in Latin letters, and why
LATIN = (
    r"[A-Z]{3}-\d{1,2}[a-z]?",  # rules, by which they are cited
    r"[\w（）()-]*\.xlsx",  # files
    r"Excel|PDF|Cookie|MB|JSON|OpenAPI",  # things that clerks, and those who make programs for them, call so
    r"GB/T|GB (?=\d)|ISO (?=\d)|MOD (?=\d)",  # standards
    r"\b(?:xianwei|ganshi|shuji|lianshen|bangfu|dangyuan|jiancha|xitong|anquan|shenji|linzhen|qinglan-2026)\b",  # the demo's login names
    r"\b[0-9A-Fa-f]{4}(?:[ -]?[0-9A-Fa-f]{4})+\b",  # digests and their short codes
    r"Chrome|Edge|Firefox|Safari|Linux|Windows|Android",  # where somebody signed in
    r"命令行（\w+）",  # who worked at the machine itself
    r"https?://127\.0\.0\.1\S*",
)
TEXTS = """() => {
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("script, style, noscript, template, code")) texts.push(walker.currentNode.data);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt", "data-l"]) {
    document.querySelectorAll("[" + name + "]").forEach(one => texts.push(one.getAttribute(name)));
  }
  return texts.map(text => text.trim()).filter(text => text);
}"""
PROTRUDING = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const hides = one => { const style = getComputedStyle(one); return style.overflowX !== "visible" || style.position === "fixed"; };
  const inside = one => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) if (hides(up)) return true; return false; };
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 0.5 && !inside(one))
    .slice(0, 3).map(one => one.tagName.toLowerCase() + "." + one.getAttribute("class"));
}"""
FRAME = """() => ({
  lang: document.documentElement.lang, title: document.title,
  headings: [...document.querySelectorAll("h1")].map(one => one.innerText.trim()),
  twice: [...document.querySelectorAll("[id]")].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at),
  solid: [...document.querySelectorAll("main .btn-submit")].filter(one => one.offsetParent).map(one => one.innerText.trim()),
})"""


def axe_faults(page: Page, *, colours_alone: bool = False) -> list[str]:
    """What axe calls serious or critical: rule and selector of the first place."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if colours_alone:
        options["runOnly"] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"axe {one['id']}: {len(one['nodes'])} × {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary']}"
        for one in found
        if one["impact"] in GRAVE
    ]


def shape_faults(page: Page) -> list[str]:
    """Everything but its words, at the width the page has."""
    assert page.viewport_size is not None
    return axe_faults(page) + frame_faults(page) + sideways(page, page.viewport_size["width"])


def sideways(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways at that width."""
    assert page.viewport_size is not None
    page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
    return [f"wider than {width}: {one}" for one in page.evaluate(PROTRUDING)]


def frame_faults(page: Page) -> list[str]:
    """Title, language, one heading, one solid button, ids that are unique."""
    seen = page.evaluate(FRAME)
    faults = []
    if not seen["title"].endswith(" · 育苗") or seen["title"].startswith(" "):
        faults.append(f"title {seen['title']!r}")
    if seen["lang"] != "zh-CN":
        faults.append(f"language {seen['lang']!r}")
    if len(seen["headings"]) != 1 or not seen["headings"][0]:
        faults.append(f"headings {seen['headings']}")
    if seen["twice"]:
        faults.append(f"ids twice {seen['twice']}")
    if len(seen["solid"]) > 1:
        faults.append(f"solid buttons {seen['solid']}")
    return faults


def foreign_words(page: Page) -> list[str]:
    """Texts and labels with a word in Latin letters: an internal code, or a text nobody translated. What is marked as code is for programs."""
    texts: list[str] = page.evaluate(TEXTS)
    allowed = re.compile("|".join(LATIN))
    return sorted({f"foreign: {text}" for text in texts if re.search(r"[A-Za-z]{2}", allowed.sub("", text))})
