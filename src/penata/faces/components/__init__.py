"""Frame, components and middleware that every face shares."""
