"""SIASN of the civil-service agency."""
