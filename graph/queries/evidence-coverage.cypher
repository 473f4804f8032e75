// zh: 各类问题有多少依据，带金额、数量、比例、日期的各多少？
// en: How well are the problems of each category evidenced, and by which kinds of facts?
// topic: sources
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数（最内层） · how many problems, innermost items only
// column: evidenced | 有依据的 · with evidence
// column: share | 有依据的比例 · part that has evidence
// column: with_amounts | 有金额的 · with an amount of money
// column: with_counts | 有数量的 · with a count
// column: with_shares | 有比例的 · with a share
// column: with_dates | 有日期或期间的 · with a date or period
// Facts count where the problem's own text or its evidence names them.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND NOT (p)<-[:PART_OF]-(:Problem)
OPTIONAL MATCH (p)<-[:SUPPORTS]-(e:Evidence)
WITH p, count(e) AS evidence, p + collect(e) AS said
WITH p, evidence, any(s IN said WHERE size(s.amounts) > 0) AS amounts,
     any(s IN said WHERE size(s.counts) > 0) AS counts,
     any(s IN said WHERE size(s.shares) > 0) AS shares,
     any(s IN said WHERE size(s.dates) > 0 OR size(s.periods) > 0) AS dates
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, count(p) AS problems, sum(CASE WHEN evidence > 0 THEN 1 ELSE 0 END) AS evidenced,
     sum(CASE WHEN amounts THEN 1 ELSE 0 END) AS with_amounts,
     sum(CASE WHEN counts THEN 1 ELSE 0 END) AS with_counts,
     sum(CASE WHEN shares THEN 1 ELSE 0 END) AS with_shares,
     sum(CASE WHEN dates THEN 1 ELSE 0 END) AS with_dates
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, problems, evidenced,
       round(1000.0 * evidenced / problems) / 1000 AS share, with_amounts, with_counts, with_shares, with_dates
ORDER BY problems DESC, category
