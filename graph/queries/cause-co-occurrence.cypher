// zh: 哪些类型的原因常常一起出现？
// en: Which types of cause come together?
// topic: causes
// param: within report|problem = "report" | report 同一报告，problem 同一问题 · in one report, or behind one problem
// param: minimum integer = 1 | 至少同在几处 · together in how many places at least
// example: within=report minimum=2
// column: a | 第一种原因的代码 · code of the first type of cause
// column: name_a | 第一种原因 · the first in Chinese
// column: name_a_en | 其英文 · the first in English
// column: b | 第二种原因的代码 · code of the second type of cause
// column: name_b | 第二种原因 · the second in Chinese
// column: name_b_en | 其英文 · the second in English
// column: together | 两者同在的处数 · places that have both
// column: with_a | 有第一种的 · places that have the first
// column: with_b | 有第二种的 · places that have the second
// column: total | 总处数 · all places that have any
// column: lift | 提升度，1 = 互不相关 · how much oftener than by chance; 1 = unrelated
// A place is a report, or a problem.
MATCH (t:CauseType)<-[:OF_TYPE]-(c:RootCause)-[:STATED_IN]->(r:Report)
OPTIONAL MATCH (c)<-[:CAUSED_BY]-(p:Problem)
WITH DISTINCT t, CASE WHEN $within = 'problem' THEN p.id ELSE r.id END AS place
WHERE place IS NOT NULL
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
