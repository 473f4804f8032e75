"""Each kind of page on A4: all that is to be read on it stands on the paper, and nothing is cut."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest
from fastapi.testclient import TestClient

from api.lookups.kinds import BY_NAME
from tests.web.conftest import Visited
from tests.web.test_things import one, unit

pytestmark = pytest.mark.browser

#: Pages that are made as others are, in Chinese and in English: these are printed in one of the two.
ALIKE = {
    "causes",
    "measures",
    "evidence",
    *(f"list of {kind}" for kind in BY_NAME if kind not in ("problems", "units")),
}

#: The room for text on A4 within the margins of the pages, 12 mm, in CSS pixels.
WIDTH = 703
#: What is to be read: the words that show, without those for screen readers alone and what fields hold.
READ = """() => {
  if (typeof Suyin !== 'undefined') return [...Suyin.map.visible].map((id) => Suyin.map.boxes.get(id).label).join('');
  document.querySelectorAll('.unseen').forEach((one) => one.remove());
  const fields = [...document.querySelectorAll('select, textarea, button, input')];
  fields.forEach((one) => { one.style.display = 'none'; });
  const text = document.body.innerText;
  fields.forEach((one) => { one.style.display = ''; });
  return text; }"""
#: Elements that are cut (wider or higher inside than outside, or beyond the paper), and lists that leave it empty.
CUT = """width => [...document.body.querySelectorAll('*')].filter((one) => {
  if (!one.checkVisibility() || one.closest('svg, select, input, .unseen')) return false;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const hides = (axis) => !['visible', 'clip'].includes(style[`overflow${axis}`]);
  return box.right > width + 1 || (hides('X') && one.scrollWidth > one.clientWidth + 1)
    || (hides('Y') && one.scrollHeight > one.clientHeight + 1) || (one.matches('.rows') && box.width < 0.9 * width);
}).map((one) => one.outerHTML.slice(0, 160))"""


def paths(client: TestClient) -> dict[str, str]:
    """An address of each kind of page."""
    problem = one(client, "problems", report="feedback", q="学习贯彻不深入")["links"]["page"]
    said = {
        kind: one(client, kind)["links"]["page"]
        for kind in ("causes", "recommendations", "measures", "evidence", "policies")
    }
    return {
        "home": "/",
        "problem": problem,
        **said,
        "unit": f"/browse/units/{quote(unit(client), safe='')}",
        **{f"list of {kind}": f"/browse/{kind}" for kind in BY_NAME},
        "near": f"/browse/problems?q={quote('资金拨付太慢')}",
        "report": "/browse/reports/feedback",
        "map of a report": "/browse/reports/feedback/map",
        "map of a category": "/browse/maps/category/theory-study",
        "compare": "/browse/compare?a=feedback&b=notice",
        "questions": "/browse/questions",
        "question": "/browse/questions/causes-of-category?category=theory-study",
        "bars": "/browse/questions/category-counts",
        "upload": "/browse/upload",
        "cypher": "/browse/cypher",
        "sign in": "/browse/sign-in",
        "error": "/browse/problems/none",
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_that_is_to_be_read_is_on_paper(
    visit: Callable[..., Visited], client: TestClient, lang: str
) -> None:
    wrong = {}
    for name, path in paths(client).items():
        if lang == "en" and name in ALIKE and os.environ.get("SUYIN_FULL") != "1":
            continue
        visited = visit(f"{path}{'&' if '?' in path else '?'}lang={lang}", size=(WIDTH, 1000))
        page = visited.page
        if "/map" in path:
            page.wait_for_selector("body[data-ready=yes]")
        page.wait_for_load_state("networkidle")
        page.emulate_media(media="print")
        cut = page.evaluate(CUT, WIDTH) if "/map" not in path else []
        read, printed = letters(page.evaluate(READ)), on_paper(page.pdf(format="A4"))
        page.close()
        said = visited.errors if name != "error" else []
        if not read or (faults := [*cut, *(read - printed), *said]):
            wrong[name] = faults if read else ["nothing to be read"]
    assert wrong == {}


def letters(text: str) -> Counter[str]:
    """Its characters, in whatever order: columns and pages put them otherwise."""
    return Counter(
        re.sub(r"[\s\u200b\ufffe\u2028-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))
    )


def on_paper(pdf: bytes) -> Counter[str]:
    """The characters that stand wholly within a page."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        words: Any = page.get_textpage()
        for i in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(i)
            if left >= 0 and bottom >= 0 and right <= width and top <= height:
                found.append(words.get_text_range(i, 1))
    return letters("".join(found))
