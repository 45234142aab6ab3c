"""Mathematics of matching people to posts: arrays in, arrays and a proof out. No law, no database."""
