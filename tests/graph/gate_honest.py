"""Queries that researchers ask and the gate must let through, on both stores: query -> its parameters.

They are asked of the four invented reports; `EMPTY` has those that find nothing there.
"""

from __future__ import annotations

from typing import Any

HONEST: dict[str, dict[str, Any]] = {
    # plain reading
    "MATCH (p:Problem) RETURN p.headline AS 标题, p.category AS 类别 LIMIT 5": {},
    "MATCH (p:Problem) RETURN count(*) AS 数量;": {},
    "MATCH (p:Problem) RETURN count(p) AS count, min(p.start) AS start, max(p.end) AS end": {},
    "MATCH (p:`Problem`) RETURN p.`headline` AS `问题（标题）` ORDER BY `问题（标题）` LIMIT 3": {},
    "match (p:Problem) where p.category is not null return p.category, count(*) as n order by n desc, p.category": {},
    "MATCH (p:Problem {category: $c}) RETURN p.headline": {"c": "theory-study"},
    "MATCH (p:Problem) WHERE p.category IN $all RETURN p.id": {"all": ["assets", "theory-study"]},
    "MATCH (p:Problem) WHERE p.category = 'assets' OR NOT p.category STARTS WITH 'a' RETURN p.headline SKIP 1 LIMIT 2": {},
    "MATCH (p:Problem) WHERE p.headline CONTAINS '资金' AND p.headline ENDS WITH '规范' RETURN p": {},
    "MATCH (n) WHERE n.created_at IS NULL RETURN count(n) AS n": {},
    "MATCH (n:Problem|Recommendation) RETURN labels(n)[0] AS label, count(*) AS n ORDER BY label": {},
    "MATCH (n) WHERE n:Unit OR n:Policy RETURN n.name ORDER BY n.name": {},
    "MATCH (r:Report) RETURN DISTINCT r.kind AS kind, r.title AS title ORDER BY title": {},
    "MATCH (r:Report)\n// 哪些报告 DELETE\nRETURN r.id /* SET */ ORDER BY r.id": {},
    # words that write, where they do not
    "RETURN 'DELETE' AS x, \"CREATE (n); DROP\" AS y, 'it\\'s // no /* comment */' AS z": {},
    "RETURN 1 AS `DELETE`, {set: 1, load: 'CSV', create: 2}.set AS s": {},
    "MATCH (n:Report) RETURN n.set, n.delete, n.call, n.load LIMIT 1": {},
    "MATCH (p:Problem) WHERE p.text CONTAINS 'MERGE' OR p.text CONTAINS '；' RETURN count(*) AS n": {},
    "RETURN '县\u3000农业' AS 全角, '\\t\\n\\\\' AS escapes, '\\u4e2d' AS code": {},
    # edges and paths
    "MATCH (p:Problem)-[e:CAUSED_BY]->(c:RootCause) RETURN p, e, c": {},
    "MATCH (p:Problem)-[e:CAUSED_BY {method: 'explicit'}]->(c) RETURN p.headline, e.cue, c.text, e.confidence": {},
    "MATCH (p:Problem)<-[:ADDRESSES|RESOLVES]-(x) RETURN p.headline AS 问题, labels(x)[0] AS 种类, x.text AS 内容": {},
    "MATCH (a:Problem)-[:PART_OF*1..3]->(b:Problem) RETURN a.headline AS a, b.headline AS b": {},
    "MATCH (a:Problem)-[:PART_OF*]->(b:Problem) RETURN count(*) AS n": {},
    "MATCH p = (a:Problem)-[:CAUSED_BY]->(c:RootCause) RETURN p LIMIT 3": {},
    "MATCH p = (r:Report)<-[:STATED_IN]-(:Problem)-[:LEADS_TO]->(e) RETURN nodes(p) AS ns, relationships(p) AS es, length(p) AS n": {},
    "MATCH (a:Unit), (b:Policy) MATCH p = shortestPath((a)-[*..6]-(b)) RETURN a.name, b.name, length(p) AS n ORDER BY n, a.name LIMIT 5": {},
    "MATCH (r:Report)<-[s:STATED_IN]-(n) MATCH (r)-[:HAS_TEXT]->(t:SourceText) RETURN substring(t.text, s.start, s.end - s.start) AS quote LIMIT 3": {},
    "MATCH (p:Problem) OPTIONAL MATCH (p)-[:LEADS_TO]->(e:Effect) RETURN p.headline AS h, collect(e.text) AS 后果 ORDER BY h": {},
    "MATCH (a)-->(b) RETURN type(head([(a)-[r]->(b) | r])) AS t LIMIT 1": {},
    "MATCH (u:Unit)<-[:INSPECTS]-(r:Report) WHERE r.date >= '2020' OR r.date IS NULL RETURN u.name, r.title": {},
    # counting and grouping
    "MATCH (p:Problem)-[e:CAUSED_BY]->() RETURN e.method AS method, count(*) AS n, avg(e.confidence) AS 把握 ORDER BY method": {},
    "MATCH (p:Problem) WITH p.category AS c, count(*) AS n WHERE n > 0 RETURN c, n ORDER BY n DESC, c": {},
    "MATCH (p:Problem) RETURN sum(p.amount) AS 金额, round(sum(p.amount) / 10000.0, 2) AS 万元": {},
    "MATCH (p:Problem) WHERE p.amount > 100000000 RETURN count(*) AS n": {},
    "MATCH (p:Problem) UNWIND p.amounts AS a RETURN max(a) AS most, percentileCont(a, 0.5) AS median": {},
    "MATCH (p:Problem) RETURN CASE WHEN p.amount IS NULL THEN '无' WHEN p.amount > 10000 THEN '大' ELSE '小' END AS 规模, count(*) AS n ORDER BY n": {},
    "MATCH (p:Problem) RETURN CASE p.category WHEN 'assets' THEN 1 ELSE 0 END AS x, count(*) AS n ORDER BY x": {},
    "MATCH (p:Problem) RETURN coalesce(p.number, '') AS 序号, size(p.text) AS 字数 ORDER BY 字数 DESC LIMIT 3": {},
    "MATCH (p:Problem) RETURN stDev(size(p.text)) AS s, count(DISTINCT p.category) AS 类数": {},
    # subqueries
    "MATCH (p:Problem) WHERE EXISTS { (p)-[:CAUSED_BY]->() } RETURN p.headline": {},
    "MATCH (p:Problem) WHERE NOT EXISTS { MATCH (p)-[e:CAUSED_BY]->(c) WHERE e.method = 'explicit' } RETURN count(*) AS n": {},
    "MATCH (p:Problem) RETURN p.headline AS h, COUNT { (p)<-[:SUPPORTS]-() } AS 依据 ORDER BY 依据 DESC, h": {},
    "MATCH (p:Problem) WHERE COUNT { (p)--() } > 2 RETURN p.headline": {},
    "MATCH (p:Problem) RETURN p.headline AS h, COLLECT { MATCH (p)-[:CAUSED_BY]->(c) RETURN c.text } AS 原因 ORDER BY h": {},
    "MATCH (p:Problem) CALL (p) { MATCH (p)-[:CAUSED_BY]->(c) RETURN count(c) AS n } RETURN p.headline AS h, n ORDER BY h": {},
    "MATCH (p:Problem) WHERE (p)-[:LEADS_TO]->(:Effect) RETURN p.headline": {},
    "MATCH (p:Problem) RETURN [(p)-[:CAUSED_BY]->(c) | c.text] AS 原因": {},
    "MATCH (p:Problem) RETURN p {.headline, .category, 上级: [(p)-[:PART_OF]->(q) | q.headline]} AS 问题": {},
    # unions, full text, procedures
    "MATCH (u:Unit) RETURN u.name AS 名称, '单位' AS 种类 UNION MATCH (p:Policy) RETURN p.name AS 名称, '政策' AS 种类": {},
    "MATCH (u:Unit) RETURN u.name AS n UNION ALL MATCH (u:Unit) RETURN u.name AS n": {},
    "CALL db.index.fulltext.queryNodes('ft_problem', $q) YIELD node, score RETURN node.headline AS 标题, score ORDER BY score DESC LIMIT 3": {
        "q": "资金 专项"
    },
    "CALL db.labels() YIELD label RETURN label ORDER BY label": {},
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN collect(t) AS types": {},
    # lists, texts, numbers, dates
    "UNWIND range(2015, 2024) AS y OPTIONAL MATCH (r:Report) WHERE r.date STARTS WITH toString(y) RETURN y, count(r) AS n ORDER BY y": {},
    "UNWIND $rows AS row RETURN row.a AS a, row.b AS b": {"rows": [{"a": 1, "b": "甲"}, {"a": 2, "b": None}]},
    "RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x] AS odd, [1, 2, 3][0..2] AS two, [1, 2, 3][-1] AS last": {},
    "RETURN reduce(s = 0, x IN [1, 2, 3] | s + x) AS sum, reduce(m = 0, x IN [3, 9, 4] | CASE WHEN x > m THEN x ELSE m END) AS most": {},
    "RETURN any(x IN [1, 2] WHERE x > 1) AS a, all(x IN [1, 2] WHERE x > 0) AS b, none(x IN [1] WHERE x > 1) AS c, single(x IN [1, 2] WHERE x = 1) AS d": {},
    "MATCH p = (:Problem)-[:CAUSED_BY]->(c) RETURN [n IN nodes(p) WHERE any(l IN labels(n) WHERE l = 'Problem') | n.headline] AS h": {},
    "RETURN toUpper('a') + trim(' b ') + replace('cc', 'c', 'd') + split('e,f', ',')[0] + left('gh', 1) AS t": {},
    "RETURN 1.5e3 AS a, 2e-3 AS b, -7 / 2 AS c, 2 ^ 10 AS d, 7 % 4 AS e, 0x1F AS f, abs(-1) AS g": {},
    "RETURN date('2024-01-05').year AS y, duration.between(date('2024-01-01'), date('2024-03-01')).months AS m": {},
    "MATCH (p:Problem) WHERE p.headline =~ '.*(资金|经费).*' RETURN p.headline": {},
    "MATCH (p:Problem) WHERE p.headline =~ $r RETURN p.headline": {"r": "[一-龥]{4,}.*不.*"},
    "WITH 1 AS a, 'x' AS b WITH *, a + 1 AS c RETURN *": {},
    "WITH [1, null, 'x', {a: [true, 2.5]}] AS l RETURN l, size(l) AS n, l[3].a[0] AS t": {},
    "MATCH (p:Problem) WITH collect(p) AS ps UNWIND range(0, size(ps) - 1) AS i RETURN i, ps[i].headline AS h ORDER BY i LIMIT 3": {},
    "MATCH (n:Problem) RETURN properties(n) AS 属性, keys(n) AS 键 LIMIT 1": {},
}
