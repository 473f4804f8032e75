"""Invented reports in any number, from a seed: for scale and fuzzing only, never for quality figures.

`python -m bench.corpus DIR --count N --seed S` writes them as text files. Kinds, numbering, layout and damage
vary; the words stand in corpus.toml. Neither takes anything from extract/rules: a generator that knew the
rules would prove them right.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from extract.model import Source

_SYMBOL = re.compile(r"\{(\w+)\}")
_CN = "一二三四五六七八九十"
_HALF_WIDTH = str.maketrans("，；：（）？！", ",;:()?!")
_SLIPS = {"0": "O", "1": "l", "审": "宙", "已": "巳", "未": "末", "人": "入", "。": ".", "、": "，"}
_SUFFIXES = ("市", "县", "区", "旗", "自治州")
_LEVELS = 3


def cn(value: int) -> str:
    """A Chinese numeral for 1 to 99."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_CN[tens - 1]}十") + (
        _CN[ones - 1] if ones else ""
    )


#: How an item is numbered: from its count within its list.
_MARKS: dict[str, Callable[[int], str]] = {
    "chapter": lambda n: f"第{cn(n)}部分 ",
    "cn": lambda n: f"{cn(n)}、",
    "cn_dot": lambda n: f"{cn(n)}.",
    "cn_bracket": lambda n: f"（{cn(n)}）",
    "number": lambda n: f"{n}.",
    "number_pause": lambda n: f"{n}、",
    "number_wide": lambda n: f"{str(n).translate({48 + d: 0xFF10 + d for d in range(10)})}．",
    "number_bracket": lambda n: f"（{n}）",
    "circle": lambda n: chr(0x2460 + (n - 1) % 20),
    "is": lambda n: f"{cn(n)}是",
    "ordinal": lambda n: f"第{cn(n)}，",
    "dash": lambda n: "——",
    "bullet": lambda n: "●",
    "question": lambda n: f"问题{n}：",
    "none": lambda n: "",
}
_OUTER = ("cn", "cn", "cn", "chapter", "cn_dot", "none")
_MIDDLE = ("cn_bracket", "cn_bracket", "number", "number_pause", "number_wide", "is", "question", "none")
_INNER = ("number", "number_bracket", "circle", "is", "ordinal", "dash", "bullet", "none")


@dataclass(slots=True)
class Writer:
    """One report in the making: its chance, its words, its numbering, and the lines so far."""

    rng: random.Random
    words: dict[str, list[str]]
    marks: tuple[Callable[[int], str], ...]
    lines: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    places: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)

    def say(self, text: str) -> str:
        """The text with each {symbol} replaced, again and again until none is left."""
        return _SYMBOL.sub(lambda m: self._word(m[1]), text)

    def _word(self, name: str) -> str:
        rng = self.rng
        match name:
            case "num":
                return str(rng.choice((rng.randint(2, 99), rng.randint(10, 999), rng.randint(100, 9999))))
            case "small":
                return str(rng.randint(2, 9)) if rng.random() < 0.7 else cn(rng.randint(2, 20))
            case "cn":
                return cn(rng.randint(1, 12))
            case "year":
                return str(rng.randint(2008, 2025))
            case "phone":
                return str(rng.randint(1_000_000, 99_999_999))
            case "date":
                return f"{rng.randint(2008, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
            case "percent":
                return rng.choice(
                    (
                        f"{rng.uniform(1, 99):.1f}%",
                        f"{rng.randint(1, 99)}%",
                        f"百分之{cn(rng.randint(2, 99))}",
                    )
                )
            case "money":
                value = rng.choice((rng.uniform(0.1, 99), rng.uniform(1, 9999)))
                scale = rng.choice(("万元", "万元", "万元", "元", "亿元", "余万元"))
                return f"{value:,.2f}{scale}" if rng.random() < 0.5 else f"{value:.1f}{scale}"
            case "province":
                return f"{self.say('{syllable}{syllable}')}省"
            case "place" | "unit":  # a report comes back to the same few
                known, most = (self.places, 4) if name == "place" else (self.units, 8)
                if len(known) < most:
                    known.append(
                        self._place() if name == "place" else self.say(rng.choice(self.words["unit"]))
                    )
                return rng.choice(known)
        return self.say(rng.choice(self.words[name]))

    def _place(self) -> str:
        return self.say("{syllable}{syllable}") + self.rng.choice(_SUFFIXES)

    def line(self, text: str) -> None:
        self.lines.append(self.say(text))

    def item(self, level: int, text: str) -> None:
        """A numbered line; the counts of the inner levels begin again."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (_LEVELS - 1 - level)
        self.line(self.marks[level](self.counts[level]) + text)

    def some(self, low: int, high: int) -> range:
        return range(self.rng.randint(low, high))

    def maybe(self, share: float) -> bool:
        return self.rng.random() < share


def _details(w: Writer) -> str:
    parts = [f"{{example}}{{fact}}{w.rng.choice('。；')}" for _ in w.some(0, 5)]
    if w.maybe(0.35):
        parts.append("{because}")
    if w.maybe(0.2):
        parts.append("{effect}")
    if w.maybe(0.15):
        parts.append("上述做法不符合{policy}的规定。")
    return "".join(parts)


def _problems(w: Writer) -> None:
    if w.maybe(0.9):
        w.item(0, "{problem_head}")
    if w.maybe(0.3):
        w.line("{announce}" if w.maybe(0.5) else "检查发现，{unit}{announce}")
    style = w.rng.choice(("nested", "flat", "flat", "run-in", "semicolons"))
    if style == "semicolons":
        w.line("".join(f"{{fault}}，{{fact}}{w.rng.choice('；；。')}" for _ in w.some(3, 12)))
        return
    for _ in w.some(3, 14):
        if style == "flat":
            w.item(1, "{fault}。" + _details(w))
        elif style == "run-in":
            runs = "".join(f"{cn(i + 1)}是{{fault}}，{{fact}}{w.rng.choice('；。')}" for i in w.some(2, 6))
            w.item(1, "{fault}。" + runs + ("{because}" if w.maybe(0.3) else ""))
        else:
            w.item(1, w.rng.choice(("{fault}，{fault}", "{fault}。", "在{topic}方面")))
            for _ in w.some(1, 4):
                w.item(2, "{fault}。" + _details(w))


def _causes(w: Writer) -> None:
    w.item(0, "{cause_head}")
    for head in w.rng.choice((("{direct_head}", "{indirect_head}"), ("主观方面", "客观方面"), ("",))):
        if head:
            w.item(1, head)
        for _ in w.some(1, 4):
            if w.maybe(0.7):
                w.item(2 if head else 1, "{reason}。{fact}，{reason}。")
            else:
                w.line("{because}")


def _advice(w: Writer) -> None:
    w.item(0, "{advice_head}")
    if w.maybe(0.25):
        w.line("{advise}" + "".join(f"{cn(i + 1)}是{{act}}，{{act}}；" for i in w.some(2, 5)))
        return
    for _ in w.some(3, 10):
        w.item(
            1,
            w.rng.choice(
                ("{act}。{act}，{act}。", "{act}，{act}，防止{outcome}。", "针对{fault}的问题，{act}。")
            ),
        )


def _overview(w: Writer) -> None:
    if w.maybe(0.5):
        w.item(0, "{overview_head}")
    w.line(
        "{date}至{date}，{team}对{unit}进行了检查。{praise}；{praise}。"
        + ("但也要看到，{fault}。" if w.maybe(0.5) else "")
    )


def _closing(w: Writer) -> None:
    if w.maybe(0.5):
        w.line("{demand}{demand}")
    if w.maybe(0.6):
        w.line("{unit}")
        w.line("{date}")


def _inspection(w: Writer) -> None:
    w.line("{title_inspection}")
    _overview(w)
    _problems(w)
    if w.maybe(0.3):
        _causes(w)
    _advice(w)
    _closing(w)


def _circular(w: Writer) -> None:
    w.line("{title_circular}")
    w.line("现将有关情况通报如下：")
    for _ in w.some(1, 4):
        w.line("{unit}" if w.maybe(0.5) else "{place}")
        _problems(w)
    _advice(w)
    _closing(w)


def _audit(w: Writer) -> None:
    w.line("{title_audit}")
    w.line("根据{policy}的规定，{team}自{date}起对{unit}进行了审计。")
    _overview(w)
    _problems(w)
    _advice(w)
    if w.maybe(0.6):
        w.item(0, "{measure_head}")
        w.line("{done}{done}")


def _accident(w: Writer) -> None:
    w.line("{title_accident}")
    w.line(
        "{date}{small}时{num}分许，{company}发生一起事故，造成{small}人死亡、{small}人受伤，直接经济损失{money}。"
    )
    w.item(0, "事故发生经过")
    w.line("{surname}某在{topic}时违章操作，{surname}某施救不当。" * w.rng.randint(1, 4))
    _causes(w)
    w.item(0, "对有关责任人的处理")
    for _ in w.some(1, 5):
        w.item(1, "{surname}某，{unit}负责人，{fault}，建议给予记过处分。")
    _advice(w)


def _rectification(w: Writer) -> None:
    w.line("{title_rectification}")
    w.line("按照{policy}要求，{date}，{team}向{unit}反馈了意见。现将整改情况公布如下。")
    table = w.maybe(0.3)
    if table:
        w.line("序号\t问题\t措施\t状态\t责任单位")
    for i in w.some(5, 24):
        if table:
            w.line(f"{i + 1}\t{{fault}}，{{fact}}\t{{act}}\t{{state}}\t{{unit}}")
            continue
        w.item(1, w.rng.choice(("关于“{fault}”问题", "针对{fault}的问题。", "{fault}，{fact}。")))
        w.line("整改情况：{done}{done}" if w.maybe(0.5) else "{done}")
        if w.maybe(0.4):
            w.line("整改结果：{state}。")
    _closing(w)


def _self_examination(w: Writer) -> None:
    w.line("{title_self}")
    w.line("我单位对{topic}等{small}方面进行了自查，现报告如下。")
    _problems(w)
    if w.maybe(0.7):
        _causes(w)
    w.item(0, "{plan_head}")
    w.line("".join(f"{cn(i + 1)}要{{act}}。" for i in w.some(2, 5)))


_KINDS = (_inspection, _inspection, _circular, _audit, _accident, _rectification, _self_examination)


def _lay_out(w: Writer) -> str:
    """The lines as a page shows them: noise, indents, breaks, half-width signs, slips, a cut end."""
    rng, lines = w.rng, list(w.lines)
    if w.maybe(0.4):
        for _ in w.some(1, 8):
            lines.insert(rng.randrange(len(lines) + 1), w.say("{noise}"))
    indent = rng.choice(("", "", "　　", "    "))
    width = rng.choice((0, 0, 0, 28, 33, 38, 42))
    out: list[str] = []
    for line in lines:
        whole = indent + line
        out += [whole[i : i + width] for i in range(0, len(whole), width)] if width else [whole]
    text = rng.choice(("\n", "\n", "\n\n")).join(out) + "\n"
    if w.maybe(0.2):
        text = text.translate(_HALF_WIDTH)
    if w.maybe(0.1):
        text = text.replace("“", '"').replace("”", '"')
    if w.maybe(0.15):
        text = damage(text, rng, rng.uniform(0.001, 0.01))
    if w.maybe(0.1):
        text = text[: rng.randint(len(text) // 2, len(text))]
    return text.replace("\n", "\r\n") if w.maybe(0.1) else text


def damage(text: str, rng: random.Random, share: float) -> str:
    """A scan's slips at about this share of the characters: misread, lost, doubled, a blank put in."""
    chars = list(text)
    for _ in range(int(len(chars) * share)):
        at = rng.randrange(len(chars))
        char = chars[at]
        chars[at] = rng.choice((_SLIPS.get(char, char), "", char * 2, char + " ", char + "\n"))
    return "".join(chars)


def generate(seed: int, n: int) -> Iterator[tuple[str, str]]:
    """(name, text) of `n` reports. The i-th depends on seed and i alone: same seed, same texts."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        words: dict[str, list[str]] = tomllib.load(file)
    for i in range(n):
        rng = random.Random(f"{seed}:{i}")
        marks = tuple(_MARKS[rng.choice(kinds)] for kinds in (_OUTER, _MIDDLE, _INNER))
        kind = rng.choice(_KINDS)
        w = Writer(rng, words, marks)
        kind(w)
        yield f"{kind.__name__.strip('_').replace('_', '-')}-{i:05d}", _lay_out(w)


def as_source(name: str, text: str) -> Source:
    """A text as the readers would give it from a file."""
    return Source(f"{name}.txt", text, sha256(text.encode()).hexdigest())


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--count", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in generate(options.seed, options.count):
        (options.folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    print(f"{options.count} reports in {options.folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
