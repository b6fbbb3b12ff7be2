"""The view -> the HTML pages of the public site."""

from __future__ import annotations

from statusbook.render.status.pages import status_pages

__all__ = ["status_pages"]
