// zh: 哪些类别的问题常常出现在同一份报告里？
// en: Which categories of problem come together in one report?
// topic: problems
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// param: minimum integer = 2 | 至少同在几份报告 · together in how many reports at least
// param: limit integer = 50 | 最多几行 · rows at most
// example: minimum=5 limit=8
// column: a | 第一种类别的代码 · code of the first category
// column: name_a | 第一种类别 · the first in Chinese
// column: name_a_en | 其英文 · the first in English
// column: b | 第二种类别的代码 · code of the second category
// column: name_b | 第二种类别 · the second in Chinese
// column: name_b_en | 其英文 · the second in English
// column: together | 两者同在的报告数 · reports that have both
// column: with_a | 有第一种的 · reports that have the first
// column: with_b | 有第二种的 · reports that have the second
// column: total | 总报告数 · all reports that have any
// column: lift | 提升度，1 = 互不相关 · how much oftener than by chance; 1 = unrelated
MATCH (t:Category)<-[:IN_CATEGORY]-(:Problem)-[:STATED_IN]->(r:Report)
WHERE $kind = '' OR r.kind = $kind
WITH DISTINCT t, r.id AS place
WITH place, collect(t) AS types
WITH collect(types) AS places, count(place) AS total
UNWIND places AS types
UNWIND types AS a
UNWIND types AS b
WITH total, a, b, count(b) AS together
WITH total, collect({a: a, b: b, n: together}) AS pairs
UNWIND pairs AS pair
WITH total, pairs, pair
WHERE pair.a.code < pair.b.code
WITH total, pair.a AS a, pair.b AS b, pair.n AS together,
     [x IN pairs WHERE x.a.code = pair.a.code AND x.b.code = pair.a.code][0].n AS with_a,
     [x IN pairs WHERE x.a.code = pair.b.code AND x.b.code = pair.b.code][0].n AS with_b
WHERE together >= $minimum
RETURN a.code AS a, a.name AS name_a, a.name_en AS name_a_en, b.code AS b, b.name AS name_b,
       b.name_en AS name_b_en, together, with_a, with_b, total, round(1000.0 * together * total / (with_a * with_b)) / 1000 AS lift
ORDER BY together DESC, lift DESC, a, b
LIMIT $limit
