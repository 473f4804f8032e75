"""Names of units: where one begins and ends, which names are one unit, whom a report is about."""
