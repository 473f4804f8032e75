// zh: 各种单位的整改完成率是多少？
// en: What part of its problems has each kind of unit rectified?
// topic: rectification
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// column: unit_kind | 单位种类，按名称结尾 · kind of unit, by how its name ends
// column: units | 单位数 · how many units
// column: problems | 问题数（最内层） · how many problems, innermost items only
// column: done | 已完成 · rectified
// column: ongoing | 正在整改 · under way
// column: long_term | 长期坚持 · a long-term task
// column: unclear | 有措施，状态不明 · a measure without status
// column: no_measure | 没有措施 · no measure told
// column: rate | 完成率 · done, as part of all these problems
// As in rectification-rate. A Party body counts as the unit that it leads (县民政局党组: an authority).
MATCH (:Measure)-[:STATED_IN]->(r:Report)
WITH DISTINCT r
MATCH (p:Problem)-[:STATED_IN]->(r)
WHERE ($category = '' OR p.category = $category) AND NOT (p)<-[:PART_OF]-(:Problem)
CALL (p, r) {
  MATCH (p)-[:CONCERNS]->(u:Unit)
  RETURN u
  UNION
  MATCH (r)-[:INSPECTS]->(u:Unit)
  WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT (p)-[:CONCERNS]->(:Unit)
  RETURN u
}
OPTIONAL MATCH (p)-[:PART_OF*0..5]->(:Problem)<-[e:RESOLVES]-(m:Measure)
WITH u, p, collect(CASE WHEN m IS NOT NULL THEN coalesce(m.status, e.status, 'unclear') END) AS said
WITH u, p, CASE WHEN size(said) = 0 THEN 'none' WHEN 'ongoing' IN said THEN 'ongoing'
                 WHEN 'long-term' IN said THEN 'long-term' WHEN 'done' IN said THEN 'done' ELSE 'unclear' END AS status
WITH u, count(p) AS problems, sum(CASE WHEN status = 'done' THEN 1 ELSE 0 END) AS done,
     sum(CASE WHEN status = 'ongoing' THEN 1 ELSE 0 END) AS ongoing,
     sum(CASE WHEN status = 'long-term' THEN 1 ELSE 0 END) AS long_term,
     sum(CASE WHEN status = 'unclear' THEN 1 ELSE 0 END) AS unclear,
     sum(CASE WHEN status = 'none' THEN 1 ELSE 0 END) AS no_measure
WITH u, problems, done, ongoing, long_term, unclear, no_measure,
     reduce(name = u.name, w IN ['党组', '党委', '党总支', '党支部', '党工委', '委员会', '机关'] |
            CASE WHEN name ENDS WITH w AND size(name) > size(w) + 2 THEN left(name, size(name) - size(w)) ELSE name END) AS name
WITH u, problems, done, ongoing, long_term, unclear, no_measure, CASE
  WHEN any(w IN ['公司', '集团', '厂', '煤矿', '银行', '企业'] WHERE name ENDS WITH w) THEN 'enterprise'
  WHEN any(w IN ['医院', '卫生院', '卫生服务中心', '保健院', '疾控中心'] WHERE name ENDS WITH w) THEN 'health'
  WHEN any(w IN ['大学', '学院', '学校', '中学', '小学', '幼儿园', '教育中心', '职教中心', '党校'] WHERE name ENDS WITH w)
    THEN 'education'
  WHEN any(w IN ['镇', '乡', '街道', '村', '社区', '街道办', '办事处', '村委会', '居委会'] WHERE name ENDS WITH w)
    THEN 'township'
  WHEN any(w IN ['政府', '县委', '市委', '省委', '区委', '省', '市', '县', '区', '州'] WHERE name ENDS WITH w) THEN 'government'
  WHEN any(w IN ['局', '厅', '部', '委', '办', '办公室', '署', '院', '队', '处'] WHERE name ENDS WITH w) THEN 'authority'
  ELSE 'other' END AS unit_kind
WITH unit_kind, count(u) AS units, sum(problems) AS problems, sum(done) AS done, sum(ongoing) AS ongoing,
     sum(long_term) AS long_term, sum(unclear) AS unclear, sum(no_measure) AS no_measure
RETURN unit_kind, units, problems, done, ongoing, long_term, unclear, no_measure,
       round(1000.0 * done / problems) / 1000 AS rate
ORDER BY problems DESC, unit_kind
