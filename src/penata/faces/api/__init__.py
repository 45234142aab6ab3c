"""Read API: the same lists with the same rights."""
