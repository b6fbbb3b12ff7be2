"""The view -> the pages of the past: the history, its years and its months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from statusbook.model.zone import zone
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.edition import Edition
from statusbook.render.status.history import history_page, month_page
from statusbook.render.status.months import Months, Tally, earlier_state, months, tally
from statusbook.render.status.years import Year, year_page, year_state, years
from statusbook.render.view import View


class Past(Struct, frozen=True):
    """The incidents of a view by month and by year, oldest first, sorted once for all languages.

    `states` are what the pages of the years depend on.
    """

    by_month: Months
    tallies: Mapping[str, Tally]
    years: Sequence[Year]
    states: Sequence[bytes]

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the pages below the history."""
        return (*(year.year for year in self.years), *self.by_month)


def past_of(view: View) -> Past:
    """Sort the incidents of a view."""
    by_month = months(view.facts.incidents, view.facts.now, zone(view.site.time_zone))
    tallies = {name: tally(month.begun) for name, month in by_month.items()}
    by_year = years(view, by_month, tallies)
    return Past(by_month, tallies, by_year, [year_state(year) for year in by_year])


def past_pages(edition: Edition, base: str, keys: Mapping[str, str], past: Past) -> Iterator[Page]:
    """Yield the pages of the past in one language.

    Args:
        edition: The language.
        base: The key of what all pages of the language depend on.
        keys: The keys of the incidents.
        past: The incidents.
    """
    for name, month, around in zip(
        past.by_month, past.by_month.values(), _neighbours(list(past.by_month)), strict=True
    ):
        begun = (keys[facts.id] for facts in month.begun)
        yield Page(
            f"{edition.prefix}history/{name}/index.html",
            page_key(base, name, *around, earlier_state(month), *begun),
            Rank.HISTORY,
            partial(month_page, edition, name, month, around),
        )
    names = [year.year for year in past.years]
    for year, state, around in zip(past.years, past.states, _neighbours(names), strict=True):
        yield Page(
            f"{edition.prefix}history/{year.year}/index.html",
            page_key(base, year.year, *around, state),
            Rank.HISTORY,
            partial(year_page, edition, year, around),
        )
    yield Page(
        f"{edition.prefix}history/index.html",
        page_key(base, repr(past.tallies)),
        Rank.INDEX,
        partial(history_page, edition, past.tallies),
    )


def _neighbours(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return for each name the one before and the one after it, empty at the ends."""
    return list(zip(["", *names[:-1]], [*names[1:], ""], strict=True)) if names else []
