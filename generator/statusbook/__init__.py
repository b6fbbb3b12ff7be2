"""Statusbook: a status page and an incident-communication plan from files in git."""

__version__ = "0.1.0"
