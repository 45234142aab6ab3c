"""Screens for analysts, operators, leaders and auditors."""
