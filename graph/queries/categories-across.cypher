// zh: 各地、各级、各年、各轮次或各种报告里，各类问题占多少？
// en: How are the categories of problem distributed over places, levels, years, rounds or kinds of report?
// topic: problems
// param: by place|level|year|round|kind = "kind" | place 地区、level 层级、year 年、round 轮次、kind 报告种类 · by what
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// example: by=year category=finance
// column: group | 地区、层级、年、轮次或种类；报告没有的不计 · the place, level, year, round or kind; reports without one are left out
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: reports | 报告数 · in how many reports
// column: share | 占该组问题的比例 · part of the group's problems
MATCH (r:Report)
WITH r, CASE $by WHEN 'place' THEN r.place WHEN 'level' THEN r.level WHEN 'year' THEN left(r.date, 4)
                 WHEN 'round' THEN r.round WHEN 'kind' THEN r.kind END AS group
WHERE group IS NOT NULL
MATCH (r)<-[:STATED_IN]-(p:Problem)-[:IN_CATEGORY]->(k:Category)
WITH group, k, count(p) AS problems, count(DISTINCT r.id) AS reports
WITH group, collect({k: k, problems: problems, reports: reports}) AS counted, sum(problems) AS total
UNWIND counted AS x
WITH group, x.k AS k, x.problems AS problems, x.reports AS reports, total
WHERE $category = '' OR k.code = $category
RETURN group, k.code AS category, k.name AS name, k.name_en AS name_en, problems, reports,
       round(1000.0 * problems / total) / 1000 AS share
ORDER BY group, problems DESC, category
