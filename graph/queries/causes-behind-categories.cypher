// zh: 各类问题背后是哪些类型的原因，明示多少、推断多少？
// en: Which types of cause stand behind which categories of problem, stated and inferred apart?
// topic: causes
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// example: kind=inspection-feedback
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: type | 原因类型代码 · code of the type of cause
// column: type_name | 原因类型 · the type of cause in Chinese
// column: type_name_en | 原因类型的英文 · the type of cause in English
// column: problems | 这类原因的问题数 · problems of the category with a cause of this type
// column: explicit | 其中报告明示的 · of them those whose report says so
// column: inferred | 其中只是推断的 · of them those where it is only inferred
// column: share | 占该类中有原因的问题的比例 · part of the category's problems that have any cause
// A problem with causes of two types counts for both, so the shares of a category may add up to more than 1.
MATCH (t:CauseType)<-[:OF_TYPE]-(:RootCause)<-[e:CAUSED_BY]-(p:Problem)
MATCH (p)-[:STATED_IN]->(r:Report) WHERE $kind = '' OR r.kind = $kind
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, p, t, max(CASE WHEN e.method = 'explicit' THEN 1 ELSE 0 END) AS stated
WITH k, p, collect({t: t, stated: stated}) AS types
WITH k, count(p) AS explained, collect(types) AS of_problems
UNWIND of_problems AS types
UNWIND types AS one
WITH k, explained, one.t AS t, count(one) AS problems, sum(one.stated) AS explicit
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, t.code AS type, t.name AS type_name,
       t.name_en AS type_name_en, problems, explicit,
       problems - explicit AS inferred, round(1000.0 * problems / explained) / 1000 AS share
ORDER BY category, problems DESC, type
