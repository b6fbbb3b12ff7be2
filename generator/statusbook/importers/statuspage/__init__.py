"""Atlassian Statuspage: saved answers of its API v2 and saved feeds -> our records."""
