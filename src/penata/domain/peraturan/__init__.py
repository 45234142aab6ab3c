"""What the agency confirmed or decided about parameters of law, by decree."""
