"""Read API: every list with the rows, columns and rights of its page, described by OpenAPI."""
