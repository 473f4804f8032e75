"""Saved web pages: the part that holds the report, with its paragraphs, lists and tables.

Sites of authorities differ in every name they give their parts, so the report is found by where the prose is:
the deepest element that holds nearly all text outside links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.readers.limits import ReadError
from extract.readers.markup import is_data_table, write_lines
from extract.readers.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_LINE = re.compile(r"^\s*<\?xml[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PROSE = re.compile(r"[，。；,;]")

_SKIPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "svg", "select", "option", "button"),
        *(
            "input",
            "textarea",
            "label",
            "nav",
            "header",
            "footer",
            "aside",
            "head",
            "title",
            "canvas",
            "audio",
        ),
        *("video", "map"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: The deepest element with this share of the page's prose is the report.
_NEARLY_ALL = 0.9
_TITLE_METAS = ("ArticleTitle", "articletitle", "og:title")


def read_html(raw: bytes, *, name: str) -> tuple[str, str]:
    """(text, encoding) of a saved page. Raises ReadError."""
    from lxml import etree

    charset = _CHARSET.search(raw[:8192])
    page, encoding = decode(raw, name=name, declared=charset[1].decode() if charset else None)
    # the deepest page the parser takes: unclosed <font> and <span> pile up on old sites
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_XML_LINE.sub("", page).replace("\0", ""), parser)
        if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            raise ReadError(f"{name}: is a web page nested too deeply to be read whole; save it as text")
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReadError(f"{name}: is a web page that holds nothing readable; save it anew") from err
    body = root.find("body") if root is not None else None
    if body is None:
        raise ReadError(f"{name}: is a web page without a text; save it anew when it is fully shown")
    _drop_skipped(body)
    text = write_lines(_main(body))
    title = _title(root)
    if title and _bare(title) not in _bare(text[:400]):
        text = f"{title}\n{text}"
    return text, encoding


def read_mhtml(raw: bytes, *, name: str) -> tuple[str, str]:
    """(text, encoding) of a page saved as one file (.mht, .mhtml, or .doc from a web site)."""
    import email
    import email.policy

    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(page, name=name)
    raise ReadError(f"{name}: is a saved page without its text; save it anew as .html")


def _drop_skipped(body: Element) -> None:
    for element in list(body.iter()):
        if element.tag in _SKIPPED or _HIDDEN.search(element.get("style", "")) or "hidden" in element.attrib:
            if element.tag == "header" and element.find(".//p") is not None:
                continue  # some sites put the title and the first words there
            parent = element.getparent()
            if parent is not None:
                _keep_tail(element, parent)
                parent.remove(element)


def _keep_tail(element: Element, parent: Element) -> None:
    """lxml hangs the text after an element on it; it stays when the element goes."""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")


def _main(body: Element) -> Element:
    """The deepest element that holds nearly all prose."""
    prose = _prose(body)
    here = body
    while True:
        best = max(here, key=lambda child: prose.get(child, 0), default=None)
        if best is None or prose.get(best, 0) < _NEARLY_ALL * max(prose[body], 1):
            return here
        if best.tag == "p" or (best.tag == "table" and is_data_table(best)):
            return here
        here = best


def _prose(body: Element) -> dict[Element, int]:
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


def _title(root: Element) -> str | None:
    """What the site says in a meta line; else the heading that the page's name repeats; else that name."""
    for meta in root.iter("meta"):
        said_of = meta.get("name") or meta.get("property")
        if said_of in _TITLE_METAS and meta.get("content", "").strip():
            return _flat(meta.get("content", ""))
    named = next((_flat("".join(title.itertext())) for title in root.iter("title")), "")
    headings = [_flat("".join(h.itertext())) for h in root.iter("h1", "h2", "h3")]
    for heading in headings:
        if len(heading) >= (6 if named else 10) and heading[:12] in (named or heading):
            return heading
    # the name of the site follows the title of the page
    return re.split(r"[_|]|\s[-–—]+\s", named)[0].strip() or None


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
