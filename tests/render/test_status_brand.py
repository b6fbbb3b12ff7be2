"""The owner's brand on the pages: logo, icon, colours and style."""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import html
from status_story import CARDS, page, pages_of, text, view_of

from pictures import SVG, png
from small_book import CLOCK, GOOD, lay
from statusbook.cli.build import build_status
from statusbook.cli.prepare import judge
from statusbook.cli.prepare import view_of as view_of_book
from statusbook.model.brand import Picture, PublicBrand
from statusbook.read.book import read_book
from statusbook.render.status.files import STYLE, asset_pages
from statusbook.render.view import View

LOGO = Picture("assets/logo.svg", "image/svg+xml", 160, 40, SVG)
DARK = Picture("assets/logo-dark.png", "image/png", 80, 20, png(80, 20))
ICON = Picture("assets/icon.png", "image/png", 32, 32, png(32, 32))
IMAGE = Picture("assets/image.png", "image/png", 1200, 630, png(1200, 630))
BASE = "https://status.example.com/below"


def branded(brand: PublicBrand, **settings: object) -> View:
    from msgspec.structs import replace

    view = view_of(CARDS, **settings)
    return view._replace(site=replace(view.site, brand=brand))


def home(view: View, path: str = "index.html") -> html.HtmlElement:
    [link] = page(view, path).xpath("//header//a[@class='home']")
    return link


def test_without_a_brand_the_title_stands_alone() -> None:
    link = home(view_of(CARDS))
    assert text(link) == "Harbourlight status"
    assert len(link) == 0


def test_a_logo_stands_in_the_place_of_the_title_and_says_it() -> None:
    link = home(branded(PublicBrand(logo=LOGO)))
    assert text(link) == ""
    [image] = link.xpath(".//img")
    assert image.attrib == {
        "src": "./assets/logo.svg",
        "width": "160",
        "height": "40",
        "alt": "Harbourlight status",
    }
    [image] = home(branded(PublicBrand(logo=LOGO, logo_alt="A light"))).xpath(".//img")
    assert image.get("alt") == "A light"


def test_a_sign_beside_the_title_says_nothing_twice() -> None:
    link = home(branded(PublicBrand(logo=LOGO, show_title=True)))
    assert text(link) == "Harbourlight status"
    assert link.xpath(".//img/@alt") == [""]


def test_a_dark_logo_is_for_readers_with_dark_screens() -> None:
    brand = PublicBrand(logo=LOGO, logo_dark=DARK)
    [source] = home(branded(brand), "history/index.html").xpath(".//picture/source")
    assert source.get("media") == "screen and (prefers-color-scheme: dark)"
    assert source.get("srcset") == "../assets/logo-dark.png"
    assert (source.get("width"), source.get("height")) == ("80", "20")


def test_pages_of_every_depth_and_language_find_the_pictures() -> None:
    view = branded(PublicBrand(logo=LOGO, icon=ICON), languages=["pl"])
    for path, root in (
        ("pl/index.html", "../"),
        (f"incidents/{CARDS.id}/index.html", "../../"),
        (f"pl/incidents/{CARDS.id}/index.html", "../../../"),
        ("404.html", "/below/"),
    ):
        document = page(view, path)
        assert document.xpath("//header//img/@src") == [f"{root}assets/logo.svg"]
        [icon] = document.xpath("//link[@rel='icon']")
        assert (icon.get("href"), icon.get("type")) == (f"{root}assets/icon.png", "image/png")


def test_what_stands_for_the_page_elsewhere_has_a_whole_address() -> None:
    document = page(branded(PublicBrand(image=IMAGE)), "history/index.html")
    told = {
        one.get("property"): one.get("content")
        for one in document.xpath("//meta[starts-with(@property, 'og:image')]")
    }
    assert told == {
        "og:image": f"{BASE}/assets/image.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Harbourlight status",
    }


def test_hostile_words_for_a_logo_stay_words() -> None:
    link = home(branded(PublicBrand(logo=LOGO, logo_alt='"><script>alert(1)</script>')))
    assert link.xpath(".//img/@alt") == ['"><script>alert(1)</script>']
    assert not link.xpath(".//script")


def assets(brand: PublicBrand) -> dict[str, bytes]:
    return {one.path: one.render() for one in asset_pages(brand)}


def test_pictures_are_files_of_the_site_each_once() -> None:
    files = assets(PublicBrand(logo=ICON, icon=ICON, image=IMAGE))
    assert files["assets/icon.png"] == ICON.content
    assert files["assets/image.png"] == IMAGE.content
    assert "assets/icon.svg" not in files
    assert "assets/icon.svg" in assets(PublicBrand())


def test_colours_follow_ours_and_the_owners_style_follows_everything() -> None:
    plain = assets(PublicBrand())["assets/status.css"].decode()
    brand = PublicBrand(accent="#0b57a4", accent_dark="#8cf", css="body { color: red }\n</style>")
    style = assets(brand)["assets/status.css"].decode()
    colours = (
        ":root { --link: #0b57a4 }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --link: #88ccff } }\n"
    )
    assert style.endswith("\nbody { color: red }\n</style>")
    assert (
        style.replace(colours + "\n", "").removesuffix("\nbody { color: red }\n</style>") == plain
    )
    assert style.index(":root {") < style.index(colours) < style.index("@media print")
    assert STYLE[0] == "tokens"


def test_a_colour_for_dark_screens_alone_changes_nothing_for_others() -> None:
    style = assets(PublicBrand(accent_dark="#8cf"))["assets/status.css"].decode()
    assert "{ --link: #88ccff } }" in style
    assert ":root { --link: " not in style.replace("{ :root { --link: #88ccff } }", "")


def keys(root: Path) -> dict[str, str]:
    book = read_book(root)
    facts, _ = judge(book, CLOCK, CLOCK, None, 1)
    return {one.path: one.key for one in pages_of(view_of_book(book, facts, CLOCK)).values()}


def changed(root: Path, before: dict[str, str]) -> set[str]:
    after = keys(root)
    return {path for path in before | after if before.get(path) != after.get(path)}


def test_only_files_that_show_a_change_of_the_brand_are_made_anew(tmp_path: Path) -> None:
    page_text = GOOD["plan/status-page.yml"] + "brand: {icon: a.svg, css: a.css, accent: '#05a'}\n"
    root = lay(tmp_path, {"plan/status-page.yml": page_text})
    folder = root / "overrides/status"
    folder.mkdir(parents=True)
    (folder / "a.svg").write_bytes(SVG)
    (folder / "a.css").write_text("a { color: red }")
    before = keys(root)
    (folder / "a.css").write_text("a { color: blue }")
    assert changed(root, before) == {"assets/status.css"}
    before = keys(root)
    (root / "plan/status-page.yml").write_text(page_text.replace("#05a", "#07a"))
    assert changed(root, before) == {"assets/status.css"}
    before = keys(root)
    (root / "plan/status-page.yml").write_text(page_text.replace("icon:", "logo:"))
    pages = {path for path in before if path.endswith(".html")}
    assert changed(root, before) >= pages | {"assets/icon.svg", "assets/logo.svg"}


def test_a_book_without_its_brand_goes_back_to_ours(tmp_path: Path) -> None:
    page_text = GOOD["plan/status-page.yml"] + "brand: {logo: a.svg, icon: b.png}\n"
    files = {"overrides/status/a.svg": SVG, "overrides/status/b.png": png(9, 9)}
    root = lay(tmp_path / "book", {"plan/status-page.yml": page_text, **files})
    out = tmp_path / "out"
    build_status(root, out, CLOCK, CLOCK, None, 1)
    assert {path.name for path in (out / "assets").iterdir()} >= {"logo.svg", "icon.png"}
    shutil.rmtree(root / "overrides")
    (root / "plan/status-page.yml").write_text(GOOD["plan/status-page.yml"])
    build_status(root, out, CLOCK, CLOCK, None, 1)
    assert {path.name for path in (out / "assets").iterdir()} >= {"icon.svg", "status.css"}
    assert not (out / "assets/logo.svg").exists()
    assert b"logo" not in (out / "index.html").read_bytes()
