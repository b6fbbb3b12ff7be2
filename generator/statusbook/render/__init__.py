"""Facts -> pages, pure: HTML, feeds, API, calendar and badges."""
