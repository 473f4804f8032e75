"""How good related recommendations are: nDCG@10 on problems chosen by chance, by judgements made blind.

`python -m bench related` scores with the judgements of bench/related.tsv. `--pool FILE` writes what is to be
judged instead: the first ten of every system for problems chosen by chance, each once, in an order of chance,
so that no judge sees which system found what or where. Reports are those of the samples that were there when
the judges judged, read by the rules: of later ones nobody has said what they are worth. The encoder must be
there (suyin vectors --fetch).
"""

from __future__ import annotations

import csv
import random
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from api.cypher import ask
from api.meaning import Meaning
from api.ranking import MOST_CHARS, PROBLEM, RECOMMENDATION, Asked, Blend, Ranked, rank
from api.related import join_advice
from bench.pages import parser, show
from bench.quality import SAMPLES
from bench.related_scores import read_judgements, report
from extract.runs.batch import Reader
from extract.sentences import NAME, open_encoder
from graph.load import load_many
from graph.places import encoder_dir
from graph.search import search_terms
from graph.store import GraphStore, open_store
from graph.vectors import LABELS, open_vectors, write_vectors
from graph.words import WordWeights, count_words

JUDGEMENTS = Path(__file__).with_name("related.tsv")
PROBLEMS, DEPTH, SEED = 60, 10, 12
OURS, WHOLE = "ours", "without a least score"
#: Folders of the samples whose reports the judges have seen.
FOLDERS = ("", "field", "heldout", *(f"blind/{letter}" for letter in "abcdefghijklmno"))
#: Systems that plain BM25 makes; the best of them is what ours is measured against.
BASELINES = (
    "BM25 over recommendations, text",
    "BM25 over recommendations, headline",
    "BM25 over problems, text",
    "BM25 over problems, headline",
)
#: Ours without one of its parts. Their least score is 0, so that what they rank is seen.
ABLATIONS = {
    WHOLE: Blend(least=0),
    "meaning alone, both sides": Blend(words=0, least=0),
    "problems alone": Blend(problems=1, least=0),
    "recommendations alone": Blend(problems=0, least=0),
    "every link alike": Blend(step=1, doubtful=1, least=0),
    "without the report's own advice": Blend(advice=0, least=0),
    "as it was: meaning counts more, no advice": Blend(words=0.35, advice=0, least=0),
    "as it was, with its least score": Blend(words=0.35, advice=0, least=0.17),
}
BY_WORDS = "words alone, both sides (no encoder)"
#: What the graph knows besides, added to ours.
CATEGORY, CAUSES = "with the same category preferred", "with the words of the stated causes"
_SAME_CATEGORY = 0.04


class Asking(NamedTuple):
    """A problem that recommendations are looked for."""

    id: str
    headline: str
    text: str
    category: str
    report: str


class Systems:
    """All that is compared, on one store."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.meaning, self.nothing = Meaning(store, encoder_dir()), Meaning(store, Path("none"))
        self.weights = {label: count_words(store, label) for label in (PROBLEM, RECOMMENDATION)}
        query = (
            "MATCH (n:{})-[:STATED_IN]->(r:Report) "
            "RETURN n.id AS id, n.text AS text, n.search AS words, r.id AS report"
        )
        self.texts = {label: {row["id"]: row for row in store.read(query.format(label))} for label in LABELS}
        rows = ask(store, "recommendations-of-problems", ids=[*self.texts[PROBLEM]])
        self.recommended: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self.recommended[row["id"]].add(row["recommendation"])

    def run(self, problem: Asking) -> dict[str, list[str]]:
        """The first DEPTH recommendations of each system, by their ids."""
        rows = ask(self.store, "problem-recommendations", problem=problem.id)
        own = {row["recommendation"]["id"]: row["recommendation"]["text"] for row in rows}
        asked = Asked(problem.text, problem.report, join_advice(own.values()))
        found = {OURS: self._ours(asked), BY_WORDS: self._ours(asked, Blend(least_by_words=0), self.nothing)}
        found |= {name: self._ours(asked, blend) for name, blend in ABLATIONS.items()}
        whole = found[WHOLE]
        found[CATEGORY] = sorted(
            whole,
            key=lambda one: (
                -one.score
                - _SAME_CATEGORY
                * (one.way is not None and one.way["problem"]["category"] == problem.category)
            ),
        )
        rows = self.store.read(
            "MATCH (:Problem {id: $id})-[:CAUSED_BY]->(c) RETURN c.text AS text ORDER BY c.id", id=problem.id
        )
        longer = "\n".join([problem.text[: MOST_CHARS // 2], *(row["text"] for row in rows)])
        found[CAUSES] = self._ours(asked._replace(text=longer), Blend(least=0)) if rows else whole
        ids = {name: [one.row["id"] for one in ranked][:DEPTH] for name, ranked in found.items()}
        for words, text in (("text", problem.text), ("headline", problem.headline)):
            terms = search_terms(text[:MOST_CHARS])
            ids[f"BM25 over recommendations, {words}"] = self._best(
                self._bm25(RECOMMENDATION, terms, problem.report)
            )
            over: dict[str, float] = {}
            for id_, score in self._bm25(PROBLEM, terms, problem.report).items():
                for other in self.recommended[id_]:
                    over[other] = max(score, over.get(other, 0.0))
            ids[f"BM25 over problems, {words}"] = self._best(over)
        return ids

    def _ours(self, asked: Asked, blend: Blend | None = None, meaning: Meaning | None = None) -> list[Ranked]:
        return rank(self.store, asked, meaning or self.meaning, self.weights, blend or Blend())

    def _bm25(self, label: str, terms: Sequence[str], without: str) -> dict[str, float]:
        weights: WordWeights = self.weights[label]
        return {
            id_: score
            for id_, row in self.texts[label].items()
            if row["report"] != without and (score := weights.score(terms, row["words"]))
        }

    @staticmethod
    def _best(scores: Mapping[str, float]) -> list[str]:
        return sorted(scores, key=lambda id_: (-scores[id_], id_))[:DEPTH]


def main(arguments: list[str]) -> None:
    options = parser("related", __doc__)
    options.add_argument("--pool", type=Path, metavar="FILE", help="write what is to be judged, as TSV")
    options.add_argument("--data", type=Path, metavar="DIR", help="the folder of the graph; it is kept")
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, open_store(data_dir=given.data or folder) as store:
        _fill(store)
        systems = Systems(store)
        every = _problems(store)
        if given.pool:
            chosen = random.Random(SEED).sample(sorted(every), PROBLEMS)
            _write_pool(given.pool, {every[id_]: systems.run(every[id_]) for id_ in chosen}, systems)
            return
        judged = read_judgements(JUDGEMENTS)
        # a change of the rules takes some out of the graph
        rankings = {id_: systems.run(every[id_]) for id_ in sorted(judged.keys() & every.keys())}
        show(report(rankings, judged, OURS, BASELINES), "related", given.write)


def _problems(store: GraphStore) -> dict[str, Asking]:
    rows = store.read(
        "MATCH (p:Problem)-[:STATED_IN]->(r:Report) RETURN p.id AS id, p.headline AS headline, "
        "p.text AS text, p.category AS category, r.id AS report"
    )
    return {row["id"]: Asking(**{**row, "headline": row["headline"] or row["text"]}) for row in rows}


def _fill(store: GraphStore) -> None:
    if not store.counts()["nodes"]["Report"]:
        reader = Reader(by="rules")
        files = [path for name in FOLDERS for path in sorted((SAMPLES / name / "reports").glob("*.txt"))]
        for _ in load_many((reader.report(path) for path in files), store):
            pass
    write_vectors(store, open_vectors(store, NAME), open_encoder(encoder_dir()).encode)


def _write_pool(path: Path, found: Mapping[Asking, Mapping[str, list[str]]], systems: Systems) -> None:
    """Without ids or order that tell of a system."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(("problem", "recommendation", "problem_text", "recommendation_text"))
        for problem, by_system in found.items():
            ids = sorted({id_ for ids in by_system.values() for id_ in ids})
            chance.shuffle(ids)
            for id_ in ids:
                text = systems.texts[RECOMMENDATION][id_]["text"]
                rows.writerow((problem.id, id_, *(" ".join(t.split()) for t in (problem.text, text))))


if __name__ == "__main__":
    main([])
