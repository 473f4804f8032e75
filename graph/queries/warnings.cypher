// zh: 报告的哪些部分已识别却没有结果？
// en: Which parts of the reports were recognised but gave nothing?
// topic: sources
// param: limit integer = 100 | 最多几行 · rows at most
// column: report | 报告标题 · title of the report
// column: warning | 提示 · the warning
// column: report_id | 报告的 id · id of the report
MATCH (r:Report)
WHERE r.warnings IS NOT NULL
UNWIND r.warnings AS warning
RETURN r.title AS report, warning, r.id AS report_id
ORDER BY report, report_id, warning
LIMIT $limit
