"""Registry of people with dated histories, and who holds which posisi."""
