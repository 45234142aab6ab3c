"""The result workbooks, each with its notes and sources."""
