"""What of a web page is seen: scripts, forms, menus and hidden parts go, unless the report is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROSE = re.compile(r"[，。；,;]")
_SKIPPED = frozenset({
    *("script", "style", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map"),
    *("head", "title", "select", "option", "button", "input", "textarea", "label", "nav", "aside"),
})  # fmt: skip
_SKIPPED_ROLES, _EDGE_ROLES = ("navigation", "search", "complementary"), ("banner", "contentinfo")
_GONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: Not there yet: pages unveil their parts when they are loaded or come into view.
_VEILED = re.compile(r"visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![\d.])", re.IGNORECASE)
#: .note, #tip { … }, and what holds for some screens or on paper only: @media print { … }
_STYLE_RULE = re.compile(r"([^{}@;/]{1,200})\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{};]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"[.#][\w-]+")
#: What is hidden is the report, which a script shows, where it has this share of the page's prose.
_MOST = 0.5
#: Menus are made of links: a head or foot of the report has at most this share of them.
_LINKED = 0.3
#: So many stretches of text are looked at for that.
_LOOKED_AT = 400
#: A head or foot with one of these belongs to the site and not to the report.
_OF_SITE = re.compile(
    r"版权|备案号|备\d|ICP|公网安备|主办单位|承办单位|网站|联系我们|上一[篇条]|下一[篇条]|打印|关闭窗口|分享到"
    r"|欢迎|登录|注册|搜索|无障碍|首页",
    re.IGNORECASE,
)


def drop_unseen(body: Element, styles: str) -> None:
    """Take out of a page's body what is not seen, or not of the text. `styles`: its style sheets."""
    for element in list(body.iter()):
        role = element.get("role")
        if (
            element.tag in _SKIPPED
            or role in _SKIPPED_ROLES
            or ((element.tag in ("header", "footer") or role in _EDGE_ROLES) and not _is_of_report(element))
        ):
            drop(element)
    if copies := list(body.iter("noscript")):
        weights = prose(body)
        for element in copies:
            if weights.get(element, 0) <= _MOST * weights[body]:
                drop(element)
    rules = _STYLE_RULE.findall(_AT_RULE.sub("", styles))
    gone = _Hiding(_GONE, rules).among(body)
    veiled = _Hiding(_VEILED, rules).among(body)
    if gone or veiled:
        weights = prose(body)
        most = _MOST * weights[body]
        hidden = gone if _weight_of(body, set(veiled), weights) > most else [*gone, *veiled]
        for element in hidden:
            if weights.get(element, 0) <= most:
                drop(element)


def drop(element: Element) -> None:
    """Take an element out; the text after it, which lxml hangs on it, stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def prose(body: Element) -> dict[Element, int]:
    """For each element the characters of running text in it: runs with punctuation, outside links."""
    from lxml import etree

    count: dict[Element, int] = {}
    links = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            count[element] = 0 if links else _weight(element.text)
        else:
            links -= element.tag == "a"
            parent = element.getparent()
            if element is not body and parent is not None:
                count[parent] += count[element] + (0 if links else _weight(element.tail))
    return count


def _weight(text: str | None) -> int:
    """Menus and dates have no punctuation: they weigh a tenth."""
    n = len((text or "").strip())
    return 10 * n if _PROSE.search(text or "") else n


class _Hiding:
    """One way in which elements are hidden: by their own style, or by a rule for their class or id."""

    def __init__(self, said: re.Pattern[str], rules: Iterable[tuple[str, str]]) -> None:
        self.said = said
        selectors = (re.sub(r"\s", "", names).split(",") for names, rule in rules if said.search(rule))
        self.selectors = {s for names in selectors for s in names if _SELECTOR.fullmatch(s)}

    def among(self, body: Element) -> list[Element]:
        return [element for element in body.iter() if element.attrib and self._holds(element)]

    def _holds(self, element: Element) -> bool:
        if self.said.search(element.get("style", "")) or (self.said is _GONE and "hidden" in element.attrib):
            return True
        names = (f"#{element.get('id')}", *(f".{name}" for name in element.get("class", "").split()))
        return bool(self.selectors) and not self.selectors.isdisjoint(names)


def _weight_of(body: Element, veiled: set[Element], weights: dict[Element, int]) -> int:
    """The prose in these elements, where they are in one another only once."""
    from lxml import etree

    total = depth = 0
    for event, element in etree.iterwalk(body, events=("start", "end")) if veiled else ():
        if element in veiled:
            depth += 1 if event == "start" else -1
            total += weights.get(element, 0) if event == "start" and depth == 1 else 0
    return total


def _is_of_report(element: Element) -> bool:
    """Whether a head or foot holds words of the report, and not the name and the links of a site."""
    text = "".join(islice(element.itertext(), _LOOKED_AT))
    linked = sum(len((a.text or "").strip()) for a in islice(element.iter("a"), _LOOKED_AT))
    return linked <= _LINKED * len(text.strip()) and not _OF_SITE.search(text)
