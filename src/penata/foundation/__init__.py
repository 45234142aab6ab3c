"""What every room stands on and no room owns: findings, spreadsheets, documents, charts. No domain word."""
