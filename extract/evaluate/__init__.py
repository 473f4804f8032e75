"""Findings against annotations: what a careful reader finds in a report, and how much of it Suyin does."""
