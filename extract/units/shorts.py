"""The short names that a text defines: 某市岚川建设有限公司（以下简称岚川建设）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.place_grammar import DIVISIONS

_DEFINED = re.compile(
    r"（(?:以?下?(?:统一|分别)?简称|以?下称)[：]?(?:为)?[“《]?(?P<short>[^”》）“《，；]{2,30})[”》]?(?:[，；][^）]{0,20})?）"
)
#: Before a short name that stands for all of a kind: 25个省级粮食局（以下简称省局）.
_OF_EACH = re.compile(rf"(?:各|全部|所有|\d+个)[{DIVISIONS}]级?[\u4e00-\u9fff]{{0,16}}\Z")
#: What is held and is no body: 某国际博览会（以下简称博览会）.
_EVENT = re.compile(r"(?:博览|交易|展览|展销|洽谈|研讨|座谈|运动|论坛|发布|推介|庆祝|纪念)大?会\Z|论坛\Z")
#: How far before it the long name may begin, in characters.
_REACH = 120


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(short, the text before it) of each 以下简称; the long name is found among the mentions.

    Several (以下分别简称甲校、乙校) are those of as many names before them, one by one. What stands for all
    of a kind is the name of none, nor is what is held.
    """
    for m in _DEFINED.finditer(text):
        before, several = text[max(0, m.start() - _REACH) : m.start()], m["short"].split("、")
        if not _OF_EACH.search(before) and not _EVENT.search(before):
            yield from zip(several, before.split("、")[-len(several) :], strict=False)
