"""Unit tree with periods, the legal acts behind it, drafts of a reorganisation."""
