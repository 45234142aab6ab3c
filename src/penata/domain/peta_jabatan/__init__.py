"""The map of posisi: figures kept up to date per posisi and unit."""
