"""Does any pattern run away? Texts made to hurt, each of four sizes; linear time doubles with the size.

`python -m bench hostile [--case NAME …] [--profile] [--write docs/speed.md]`

Each text is read in a process of its own, with a time limit. `--profile` also says which functions took the
time, and `--rules` which rule of the vocabulary, when each alone is searched through the text.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from bench.corpus import as_source
from bench.pages import parser, show, table

MEGABYTES = (0.125, 0.25, 0.5, 1.0)
LIMIT = 60.0
#: A doubled text that takes longer than this many times as long is called out, and so is a slow one.
FACTOR, SLOW = 2.6, 20.0


def _times(unit: str, size: int) -> str:
    return unit * (size // len(unit.encode()) + 1)


def _everywhere(text: str) -> str:
    """The text in four parts: outside of all sections, in a problem, in a cause, in a recommendation."""
    a, b, c = (len(text) * i // 4 for i in (1, 2, 3))
    return (f"情况报告\n{text[:a]}\n一、存在的主要问题\n（一）管理混乱。{text[a:b]}\n"
            f"二、原因分析\n（一）{text[b:c]}\n三、整改建议\n（一）{text[c:]}\n")  # fmt: skip


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: _everywhere(_times(unit, size))


def _mixed(alphabet: Callable[[], Sequence[str]]) -> Callable[[int], str]:
    """Random pieces of an alphabet, in any order; the same for the same size."""

    def make(size: int) -> str:
        rng, signs = random.Random(size), alphabet()
        pieces = []
        while size > 0:
            pieces.append(rng.choice(signs))
            size -= len(pieces[-1].encode())
        return _everywhere("".join(pieces))

    return make


def _many(template: str) -> Callable[[int], str]:
    """The template again and again, each time with another pair of characters."""

    def make(size: int) -> str:
        n = size // len(template.format("安宁").encode()) + 1
        return _everywhere(
            "".join(template.format(chr(0x4E00 + i // 900) + chr(0x5000 + i % 900)) for i in range(n))
        )

    return make


def _literals() -> list[str]:
    """The words that the patterns of the vocabulary are made of, with punctuation, digits and line ends."""
    import re  # noqa: PLC0415

    from extract.rules import load_rules  # noqa: PLC0415

    patterns = [rule.pattern.pattern for rules in load_rules().sets.values() for rule in rules]
    words = {word for p in patterns for word in re.findall(r"[\u4e00-\u9fff]{1,6}", p)}
    return [*sorted(words), *"，。；：、！？（）《》“”〔〕〈〉—\n1.5%某", "2023年", "3万元", "一是", "（一）"]


_CUES = ("由于", "因", "因为", "导致", "造成", "原因是", "根源在于", "主要是", "究其原因", "既有", "之所以",
         "建议：", "问题：", "整改情况：", "如", "所致", "与有关", "受影响", "一方面")  # fmt: skip
CASES: dict[str, Callable[[int], str]] = {
    **{f"{cue}{cue}…": _repeat(cue) for cue in _CUES},
    **{f"{sign}{sign}…": _repeat(sign) for sign in "（《“〈）》”\"'"},
    "（）（）…": _repeat("（）"),
    "《a》《a》…": _repeat("《甲》"),
    "〔〔…": _repeat("〔"),
    "digits": _repeat("1"),
    "Chinese digits": _repeat("三"),
    "1,234,567": _repeat("1,234,567,"),
    "3.14万元…": _repeat("3.14万元"),
    "5个5个…": _repeat("5个"),
    "2023年2023年…": _repeat("2023年1月1日"),
    "1.1.1.1.": _repeat("1."),
    "一、一、…": _repeat("一、"),
    "一是一是…": _repeat("一是"),
    "（一）（一）…": _repeat("（一）"),
    "line ends": _repeat("\n"),
    "pages": _repeat("检查组文件\n— 1 —\n"),
    "form feeds": _repeat("检查组文件\f"),
    "soft hyphens": _repeat("财\xad务"),
    "㈠㈠…": _repeat("㈠"),
    "letters that count": _repeat("A.甲\nB.乙\n"),
    "numbers before blanks": _repeat("1 甲乙\n2 丙丁\n"),
    "traditional": _repeat("關於乾縣\n"),
    "blanks": _repeat(" "),
    "wide blanks": _repeat("\u3000"),
    "字 字 字…": _repeat("字 "),
    "one line without a stop": _repeat("检查组的同志们来到了某地的一家单位"),
    "、、…": _repeat("、"),
    "；；…": _repeat("；"),
    "，，…": _repeat("，"),
    "。。…": _repeat("。"),
    "word，word，…": _repeat("工作开展不力，"),
    "word、word、…": _repeat("账目混乱、"),
    "word；word；…": _repeat("制度没有落实；"),
    "sentence。sentence。…": _repeat("制度没有落实到位，由于管理不善造成损失3万元。"),
    "line, line, …": _repeat("制度没有落实到位\n"),
    "的的…": _repeat("的"),
    "不不…": _repeat("不"),
    "letters": _repeat("a"),
    "关于“关于“…": _repeat("关于“"),
    "关于“a”问题…": _repeat("关于“作风”问题"),
    "存在存在…问题": lambda size: _repeat("存在")(size) + "问题",
    "财政局财政局…": _repeat("财政局"),
    "many units": _many("{}县财政局、"),
    "many policies": _many("《{}管理办法》、"),
    "many short names": _many("{0}公司（以下简称{0}司）"),
    "numbered problems": lambda size: "存在问题\n" + _times("1.制度不健全，管理混乱。\n", size),
    "problems and measures": lambda size: "整改情况通报\n"
    + _times("一、制度不健全。\n整改情况：已完成整改。\n", size),
    "problems and advice": lambda size: "存在问题\n" + _times("1.采购制度不健全。\n", size // 2)
    + "整改建议\n" + _times("1.健全采购制度。\n", size // 2),
    "an audit's end": lambda size: "审计结果公告\n存在问题\n" + _times("1.采购制度不健全。\n", size // 2)
    + "整改情况\n" + _times("已完成采购制度修订并退回资金，", size // 2),
    "half-width": _repeat("存在\"问题\",由于(管理)不力;"),
    "fuzz of the rules' words": _mixed(_literals),
    "fuzz of their signs": _mixed(lambda: [*"，。；：、！？（）《》“”〔〕〈〉—\n1.5% \"一是因"]),
    "fuzz of characters": _mixed(lambda: [*map(chr, (*range(0x20, 0x7F), *range(0x4E00, 0x9FFF, 7)))]),
}  # fmt: skip


def read_one(case: str, megabytes: float, *, profile: bool = False, rules: bool = False) -> float:
    """CPU seconds of the extraction of one text, in this process; the vocabulary is loaded before."""
    from extract.pipeline import build_nlp, extract_source  # noqa: PLC0415

    text = CASES[case](int(megabytes * 1_000_000))
    nlp = build_nlp()
    extract_source(as_source("warm", "存在问题\n1.账实不符。"), nlp=nlp)
    if rules:
        _time_rules(text)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    start = time.process_time()
    extract_source(as_source("hostile", text), nlp=nlp)
    seconds = time.process_time() - start
    if profile:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(8)
    return seconds


def _time_rules(text: str) -> None:
    """Say which rules take longest on the whole text, each alone."""
    from extract.rules import load_rules  # noqa: PLC0415

    times: list[tuple[float, str]] = []
    for rules in load_rules().sets.values():
        for rule in rules:
            start = time.perf_counter()
            for _ in rule.pattern.finditer(text):
                pass
            times.append((time.perf_counter() - start, rule.id))
    for seconds, ident in sorted(times, reverse=True)[:5]:
        print(f"{seconds:8.3f} s  {ident}", file=sys.stderr)


def measure(case: str, options: Sequence[str] = ()) -> list[float | None]:
    """Seconds for each size, None where the time limit ended it; larger ones are then not tried."""
    times: list[float | None] = []
    for size in MEGABYTES:
        command = [sys.executable, "-m", "bench.hostile", "--one", case, str(size), *options]
        if times and times[-1] is None:
            times.append(None)
            continue
        try:
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=LIMIT)
            times.append(float(done.stdout))
        except subprocess.TimeoutExpired:
            times.append(None)
    return times


def verdict(times: Sequence[float | None]) -> tuple[str, str]:
    """(growth a doubling, what to say of it); over the last two doublings, as one is within the noise."""
    known = [t for t in times if t is not None][-3:]
    growth = (known[-1] / known[0]) ** (1 / (len(known) - 1)) if len(known) > 1 else 0.0
    shown = f"{growth:.1f}" if growth else ""
    if None in times:
        return shown, f"over {LIMIT:.0f} s"
    if growth > FACTOR:
        return shown, "faster than linear"
    return shown, "slow" if (times[-1] or 0.0) > SLOW else ""


def main(arguments: Sequence[str]) -> None:
    options = parser("hostile", __doc__)
    options.add_argument("--case", action="append", metavar="NAME", choices=CASES, help="only these")
    options.add_argument("--profile", action="store_true", help="say which functions took the time")
    options.add_argument("--rules", action="store_true", help="say which rules take longest, each alone")
    options.add_argument("--one", nargs=2, metavar=("NAME", "MB"), help="one text, in this process")
    given = options.parse_args(arguments)
    if given.one:
        case, size = given.one
        print(read_one(case, float(size), profile=given.profile, rules=given.rules))
        return
    passed = [f"--{name}" for name in ("profile", "rules") if getattr(given, name)]
    rows = []
    for case in given.case or CASES:
        times = measure(case, passed)
        growth, what = verdict(times)
        rows.append((f"`{case}`", *("" if t is None else f"{t:.2f}" for t in times), growth, what))
        print(" ".join(map(str, rows[-1])), file=sys.stderr)
    show(table(("text", *(f"{m} MB" for m in MEGABYTES), "growth", ""), rows), "hostile", given.write)


if __name__ == "__main__":
    main(sys.argv[1:])
