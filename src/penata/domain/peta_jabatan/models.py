"""Figures of the map per posisi and unit, kept up to date so that no page has to add them up."""
