"""Saved web pages: the part that holds the report, with its paragraphs, lists and tables.

Sites of authorities differ in every name they give their parts, so the report is found by where the prose is:
the deepest element that holds nearly all text outside links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.readers.limits import ReadError, Warn
from extract.readers.markup import is_data_table, write_lines
from extract.readers.shown import drop_unseen, prose
from extract.readers.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_LINE = re.compile(r"^\s*<\?xml[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: The deepest element with this share of the page's prose is the report.
_NEARLY_ALL = 0.9
#: Of running text, at least.
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4}[^<>\n]{0,200}?[。；！？]")
#: A page with fewer sentences may have its report elsewhere.
_FEW = 3
#: Scripts say please and thank you too: what they hold is the report where its sentences have this length and
#: it is so many times as much as the page shows.
_LONG_SENTENCE, _MUCH_MORE = 15, 3
#: So much of the scripts is looked through.
_SEARCHED = 500_000
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_HEAD = frozenset({"title", "meta", "link", "base", "script", "style", "noscript", "template"})
#: A heading of so many characters is longer than the names of most sites.
_LONG_TITLE = 10
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）]|第.{1,3}[章节部]")
_TITLE_METAS = ("ArticleTitle", "articletitle", "og:title")


def read_html(raw: bytes, *, name: str, warn: Warn, declared: str | None = None) -> tuple[str, str]:
    """(text, encoding) of a saved page; `declared`: the encoding that its envelope names.

    Raises ReadError.
    """
    root, body, encoding = _parse(raw, name, declared)
    stored, title = _stored_prose(root), _title(root)
    shown = _embedded_files(body)
    drop_unseen(body, "\n".join(style.text or "" for style in root.iter("style")))
    main = _main(body)
    text = write_lines(main, warn)
    if len(_SENTENCE.findall(text)) < _FEW:
        if stored > _MUCH_MORE * len(text):
            raise ReadError(f"{name}: is a page whose text a script fills in; save it when it is fully shown")
        _tell_what_lacks(shown, sum(1 for _ in main.iter("img")), warn)
    if title and _bare(title) not in _bare(text[:400]):
        text = f"{title}\n{text}"
    return text, encoding


def read_fragment(raw: bytes, kind: str, *, name: str, warn: Warn) -> str:
    """The text of a web page (html, mhtml) that another file holds: all of it, as it is the report."""
    page, declared = _page_of(raw, name) if kind == "mhtml" else (raw, None)
    root, body, _ = _parse(page, name, declared)
    drop_unseen(body, "\n".join(style.text or "" for style in root.iter("style")))
    return write_lines(body, warn)


def read_mhtml(raw: bytes, *, name: str, warn: Warn) -> tuple[str, str]:
    """(text, encoding) of a page saved as one file (.mht, .mhtml, or .doc from a web site)."""
    page, declared = _page_of(raw, name)
    return read_html(page, name=name, warn=warn, declared=declared)


def _page_of(raw: bytes, name: str) -> tuple[bytes, str | None]:
    """The page in such a file, and the encoding that its envelope names."""
    import email
    import email.policy

    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() in _PAGE_TYPES]
    pages = [(part.get_payload(decode=True) or b"", part.get_content_charset()) for part in parts]
    page, charset = max(pages, key=lambda found: len(found[0]), default=(b"", None))  # others are frames
    if not isinstance(page, bytes) or not page.strip():
        raise ReadError(f"{name}: is a saved page without its text; save it anew as .html")
    return page, charset


def _parse(raw: bytes, name: str, declared: str | None) -> tuple[Element, Element, str]:
    """(root, body, encoding). Raises ReadError."""
    from lxml import etree

    charset = _CHARSET.search(raw[:8192])
    page, encoding = decode(raw, name=name, declared=charset[1].decode() if charset else declared)
    # the deepest page the parser takes: unclosed <font> and <span> pile up on old sites
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_XML_LINE.sub("", page).replace("\0", ""), parser)
        if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            raise ReadError(f"{name}: is a web page nested too deeply to be read whole; save it as text")
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReadError(f"{name}: is a web page that holds nothing readable; save it anew") from err
    body = _body(root) if root is not None else None
    if body is None:
        raise ReadError(f"{name}: is a web page without a text; save it anew when it is fully shown")
    return root, body, encoding


def _body(root: Element) -> Element | None:
    """The body, with what the parser, which knows HTML 4, takes for a part of a head that is not closed."""
    body, head = root.find("body"), root.find("head")
    stray = [child for child in head if child.tag not in _HEAD] if head is not None else []
    if body is None and stray:
        body = root.makeelement("body")
        root.append(body)
    if body is not None:
        body[:0] = stray
    return body


def _stored_prose(root: Element) -> int:
    """How many characters of sentences the scripts of a page hold, where some sites keep the report."""
    stored = ("".join(holder.itertext()) for holder in root.iter("script", "template", "textarea"))
    said = "".join(stored)[:_SEARCHED]
    said = _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), said)
    return sum(len(sentence) for sentence in _SENTENCE.findall(said) if len(sentence) >= _LONG_SENTENCE)


def _embedded_files(body: Element) -> list[str]:
    """The addresses of pages and files that the page shows in a frame of its own."""
    frames = body.iter("iframe", "embed", "object")
    return [said for frame in frames if (said := frame.get("src") or frame.get("data") or "")]


def _tell_what_lacks(shown: list[str], pictures: int, warn: Warn) -> None:
    """Say where the report may be of a page that has next to no sentences."""
    if shown:
        warn(f"a file that the page shows is not read: 内嵌文件未读入：{shown[0][:100]}")
    if pictures:
        warn(f"{pictures} pictures of the page are not read: 网页中的图片未读入")


def _main(body: Element) -> Element:
    """The deepest element that holds nearly all prose."""
    weights = prose(body)
    here = body
    while True:
        best = max(here, key=lambda child: weights.get(child, 0), default=None)
        if best is None or weights.get(best, 0) < _NEARLY_ALL * max(weights[body], 1):
            return here
        if best.tag == "p" or (best.tag == "table" and is_data_table(best)):
            return here
        here = best


def _title(root: Element) -> str | None:
    """What the site says in a meta line; else the heading that the page's name repeats; else one that is too
    long for the name of a site; else the page's name.
    """
    for meta in root.iter("meta"):
        said_of = meta.get("name") or meta.get("property")
        if said_of in _TITLE_METAS and meta.get("content", "").strip():
            return _flat(meta.get("content", ""))
    named = next((_flat("".join(title.itertext())) for title in root.iter("title")), "")
    headings = [(h, _flat("".join(h.itertext()))) for tag in ("h1", "h2", "h3") for h in root.iter(tag)]
    repeated = next((said for _, said in headings if len(said) >= 6 and said[:12] in named), "")
    long = next((said for h, said in headings if len(said) >= _LONG_TITLE and h.tag != "h3"
                 and not _NUMBERED.match(said) and h.find(".//a") is None), "")  # fmt: skip
    if repeated and (len(repeated) >= _LONG_TITLE or not long):
        return repeated
    # the name of the site follows the title of the page
    return long or re.split(r"[_|]|\s[-–—]+\s", named)[0].strip() or None


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
