// zh: 各类问题带来了什么后果？
// en: What do the problems of each category lead to?
// topic: causes
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: examples integer = 3 | 每类举几例 · examples of each
// example: examples=2
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 有后果的问题数 · problems with an effect
// column: effects | 后果数 · how many effects
// column: share | 占该类问题的比例 · problems with an effect, as part of the category's
// column: texts | 例子 · examples
MATCH (k:Category)<-[:IN_CATEGORY]-(p:Problem)
WHERE $category = '' OR k.code = $category
OPTIONAL MATCH (p)-[:LEADS_TO]->(e:Effect)
WITH k, p, e ORDER BY k.code, e.id
WITH k, count(DISTINCT p.id) AS total, count(DISTINCT CASE WHEN e.id IS NOT NULL THEN p.id END) AS problems,
     count(DISTINCT e.id) AS effects, collect(DISTINCT e.text) AS texts
WHERE effects > 0
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, problems, effects,
       round(1000.0 * problems / total) / 1000 AS share, texts[0..$examples] AS texts
ORDER BY effects DESC, category
