"""A cState site -> incidents, components and the page's settings."""

from statusbook.importers.cstate.site import read_cstate

__all__ = ["read_cstate"]
