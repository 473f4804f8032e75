// The text of a report, for the words of a quote.
// report: an id
MATCH (:Report {id: $report})-[:HAS_TEXT]->(t:SourceText)
RETURN t.text AS text
