"""Systems outside: how they say things, brought to our words at the edge, and a fake of each."""
