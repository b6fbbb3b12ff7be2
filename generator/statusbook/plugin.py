"""A MkDocs build of `plan/` -> the same build without its data files, or its problems instead.

MkDocs knows this as the plugin `statusbook`. The playbook's own pages do not come from here yet.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from statusbook.check.incident_rules import Known, check_incident
from statusbook.check.metric_rules import check_metrics
from statusbook.check.plan_rules import check_components, check_status_page
from statusbook.problems import Problem, errors, in_order
from statusbook.read.book import load_incident, read_book

_DATA = (".yml", ".yaml")


class NoSettings(Config):
    """The plugin has none: what it needs is written in the plan."""


class StatusbookPlugin(BasePlugin[NoSettings]):
    """Answers MkDocs' events."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Stop if the book around `docs_dir` has errors, before MkDocs empties the old site."""
        if found := errors(_problems(Path(config.docs_dir).parent)):
            listed = "\n".join(map(str, in_order(found)))
            raise PluginError(f"the book has faults, so nothing was built:\n{listed}")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Keep the plan's data out of the site: MkDocs would copy it, contacts included."""
        del config
        return Files([file for file in files if not file.src_uri.lower().endswith(_DATA)])


def _problems(root: Path) -> list[Problem]:
    book = read_book(root)
    page, components = book.status_page, book.components
    whole = not errors(book.problems)
    known = Known(
        tuple(component.id for component in components.components) if whole else None,
        (page.language, *page.languages) if page and whole else None,
        {},
    )
    found = [*book.problems, *check_components(components, whole=whole)]
    found += check_metrics(book.metrics.metrics, known.components)
    if page:
        found += check_status_page(page)
    for kept in book.incidents:
        incident = load_incident(book, kept)
        if incident.updates:
            found += check_incident(incident, known, whole=not errors(kept.problems))
    return found
