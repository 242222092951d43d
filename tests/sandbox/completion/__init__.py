"""Completion and progress of course content: counts, topics, overdue and scheduled items, exemptions."""
