// zh: 哪些单位整改过的问题，后来同类又被查出？
// en: What recurs in a unit after it was rectified?
// topic: rectification
// param: unit unit? = "" | 名称或别名，空 = 所有单位 · name or alias of a unit, all when empty
// param: status done|ongoing|long-term? = "done" | 当时的整改状态 done、ongoing、long-term，空 = 不限 · status of the measure then, any when empty
// param: limit integer = 100 | 最多几行 · rows at most
// example: status=done
// column: unit | 单位 · name of the unit
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: problem | 整改过的问题 · the problem that was rectified
// column: status | 整改状态 · status of its measure
// column: report | 说整改的报告 · the report that tells of the measure
// column: date | 其日期 · its date
// column: again | 后来的问题 · the later problem of the same category
// column: again_report | 后来的报告 · the later report
// column: again_date | 其日期 · its date
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 说整改的报告的 id · id of the report that tells of the measure
// column: again_id | 后来的问题的 id · id of the later problem
// column: again_report_id | 后来的报告的 id · id of the later report
// column: unit_id | 单位的 id · id of the unit
// Reports without a date do not count; of dates that are not equally exact, the common part decides (2023 is not
// before 2023-05). A later rectification notice tells old problems again, so only other kinds of report count.
// By u.name units come along their index in the order of the answer, and those after its end are not looked at.
MATCH (u:Unit)
WHERE u.name > '' AND ($unit = '' OR u.name = $unit OR $unit IN u.aliases)
  AND COUNT { (u)<-[:CONCERNS|INSPECTS]-() } > 1
  AND (EXISTS { (u)<-[:CONCERNS]-(:Problem)<-[:RESOLVES]-(:Measure) }
    OR EXISTS { (u)<-[:INSPECTS]-(:Report)<-[:STATED_IN]-(:Measure) })
CALL (u) {
  CALL (u) {
    MATCH (u)<-[:CONCERNS]-(q:Problem)
    RETURN q
    UNION
    MATCH (u)<-[:INSPECTS]-(s:Report)<-[:STATED_IN]-(q:Problem)
    WHERE COUNT { (s)-[:INSPECTS]->(:Unit) } = 1 AND NOT (q)-[:CONCERNS]->(:Unit)
    RETURN q
  }
  MATCH (k:Category)<-[:IN_CATEGORY]-(q)-[:STATED_IN]->(s:Report)
  WHERE s.date IS NOT NULL
  RETURN collect({p: q, k: k, code: k.code, r: s, kind: s.kind, date: s.date}) AS found
}
UNWIND found AS one
WITH u, found, one, one.p AS p
CALL (p) {
  MATCH (m:Measure)-[e:RESOLVES]->(p)
  WITH DISTINCT coalesce(m.status, e.status) AS status
  WHERE $status = '' OR status = $status
  RETURN status
}
UNWIND found AS other
WITH u, one, status, other
WHERE other.code = one.code AND other.kind <> 'rectification-notice'
  AND left(other.date, size(one.date)) > left(one.date, size(other.date))
WITH u, one.k AS k, one.p AS p, one.r AS r, status, other.p AS q, other.r AS s
RETURN u.name AS unit, k.code AS category, k.name AS name, p.headline AS problem, status, r.title AS report,
       r.date AS date, q.headline AS again, s.title AS again_report, s.date AS again_date, p.id AS problem_id,
       r.id AS report_id, q.id AS again_id, s.id AS again_report_id, u.id AS unit_id
ORDER BY unit, unit_id, category, date, report_id, p.start, problem_id, again_date, again_report_id, q.start, again_id,
         status
LIMIT $limit
