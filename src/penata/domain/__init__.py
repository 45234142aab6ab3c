"""The subjects of the web system, one app each, standing in one line."""
