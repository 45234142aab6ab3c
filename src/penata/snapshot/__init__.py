"""The agency on one day as typed columns, from a workbook or from a database."""
