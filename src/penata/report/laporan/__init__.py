"""The report that a leader is handed: text, tables and charts of one run, set on A4."""
