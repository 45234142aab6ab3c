"""Tables of this app as columns, read from and written to the database."""
