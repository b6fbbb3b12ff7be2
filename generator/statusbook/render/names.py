"""A record that people named -> its name and description in a language, where it has them.

Nobody translates into the main language: ask for the language "" there, which has nothing.
"""

from __future__ import annotations

from statusbook.model.parts import Group, Link
from statusbook.model.public import PublicComponent, PublicMetric, PublicSite


def name_in(record: Group | PublicComponent | PublicMetric | Link, language: str) -> str | None:
    """Return what something is called in a language; None where nobody said."""
    names = record.translations.get(language)
    return names.name if names else None


def description_in(
    record: Group | PublicComponent | PublicMetric | PublicSite, language: str
) -> str | None:
    """Return the description in a language; None where nobody wrote it."""
    names = record.translations.get(language)
    return names.description if names else None


def title_in(site: PublicSite, language: str) -> str | None:
    """Return the page's title in a language; None where nobody wrote it."""
    names = site.translations.get(language)
    return names.title if names else None
