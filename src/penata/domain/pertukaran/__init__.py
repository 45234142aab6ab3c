"""Import and export of tables: preview, one transaction, undo."""
