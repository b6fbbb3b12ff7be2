"""Pictures and style of the owner's: what is taken, under which name, and what is refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pictures import SVG, png, webp
from small_book import GOOD, lay, said_of
from statusbook.model.brand import PublicBrand
from statusbook.read.book import read_book
from statusbook.read.faults import Faults
from statusbook.read.picture import picture_size
from statusbook.read.style import outside_reference

BELOW = "overrides/status/"


def book_with(root: Path, brand: str, **files: bytes) -> Path:
    """Lay a book whose brand is as written; `logo_png` stands for `logo.png`."""
    page = GOOD["plan/status-page.yml"] + f"brand: {{{brand}}}\n"
    laid = {f"{BELOW}{name.replace('_', '.')}": content for name, content in files.items()}
    return lay(root, {"plan/status-page.yml": page, **laid})


def brand_of(root: Path, brand: str, **files: bytes) -> PublicBrand:
    book = read_book(book_with(root, brand, **files))
    assert book.problems == ()
    return book.brand


@pytest.mark.parametrize(
    ("raw", "ending", "size"),
    [
        (SVG, "svg", (160, 40)),
        (SVG.replace(b"viewBox", b'width="32px" height="20.4" viewBox'), "svg", (32, 20)),
        (SVG.replace(b"0 0 160 40", b"-8,-8 .25 0.5"), "svg", (1, 1)),
        (png(12, 34), "png", (12, 34)),
        (webp(b"VP8X", bytes(4) + b"\x7f\x02\0\xdf\x01\0"), "webp", (640, 480)),
        (webp(b"VP8L", b"\x2f\x7f\xc2\x77\0" + bytes(8)), "webp", (640, 480)),
        (webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a\x80\x02\xe0\x01" + bytes(4)), "webp", (640, 480)),
    ],
)
def test_every_kind_of_picture_tells_its_size(
    raw: bytes, ending: str, size: tuple[int, int]
) -> None:
    faults = Faults("logo")
    assert picture_size(raw, ending, faults) == size
    assert faults.found == []


@pytest.mark.parametrize(
    ("raw", "ending"),
    [
        (png(3, 3)[:20], "png"),
        (png(1, 1).replace(b"IHDR\0\0\0\1", b"IHDR\0\0\0\0"), "png"),
        (png(1, 1).replace(b"IHDR\0\0\0\1", b"IHDR\0\1\0\0"), "png"),
        (png(1, 1), "webp"),
        (webp(b"VP8X", b""), "webp"),
        (webp(b"ANMF", bytes(30)), "webp"),
        (webp(b"VP8L", bytes(30)), "png"),
        (b"", "svg"),
        ("<svg/>".encode("utf-16"), "svg"),
    ],
)
def test_what_is_no_picture_or_has_no_size_is_refused(raw: bytes, ending: str) -> None:
    faults = Faults("logo")
    picture_size(raw, ending, faults)
    assert [problem.code for problem in faults.found] == ["E421"]


def test_a_picture_of_another_kind_is_told_by_its_name() -> None:
    faults = Faults("logo.svg")
    assert picture_size(png(3, 3), "svg", faults) is None
    assert faults.found[0].hint == "name it *.png, here and in plan/status-page.yml"


def test_pictures_get_names_of_their_own_and_keep_their_bytes(tmp_path: Path) -> None:
    brand = brand_of(
        tmp_path,
        "logo: our.svg, logo_dark: our.png, icon: sign.svg, image: card.png, css: look.css",
        our_svg=SVG, our_png=png(80, 20), sign_svg=SVG, card_png=png(40, 20), look_css=b"a {}",
    )  # fmt: skip
    pictures = [brand.logo, brand.logo_dark, brand.icon, brand.image]
    assert [one.path for one in pictures if one] == [
        "assets/logo.svg", "assets/logo-dark.png", "assets/icon.svg", "assets/image.png",
    ]  # fmt: skip
    assert brand.logo_dark
    assert brand.logo_dark.content == png(80, 20)
    assert brand.css == "a {}"


def test_a_picture_for_two_things_is_one_file(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, "logo: our.svg, icon: our.svg", our_svg=SVG)
    assert brand.logo is brand.icon is not None
    assert brand.image is None


def test_a_logo_that_networks_can_show_stands_for_the_page(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, "logo: our.png", our_png=png(9, 9))
    assert brand.image is brand.logo is not None


def test_a_file_is_not_read_where_it_is_too_large(tmp_path: Path) -> None:
    large = SVG + b" " * 200 * 1024
    root = book_with(
        tmp_path, "logo: our.svg, css: look.css", our_svg=large, look_css=large[:65600]
    )
    assert said_of(root) == (
        "overrides/status/look.css:1:1 E101 the file is larger than 64 kB\n"
        "    shorten it: there is one style sheet, and each reader loads it\n"
        "overrides/status/our.svg:1:1 E101 the file is larger than 200 kB\n"
        "    make it smaller: each reader loads it\n"
    )


@pytest.mark.parametrize(
    "link", ["overrides", "overrides/status", BELOW + "in", BELOW + "in/a.svg"]
)
def test_links_are_never_followed(tmp_path: Path, link: str) -> None:
    root = book_with(tmp_path / "book", "logo: in/a.svg")
    place = root / BELOW / "in/a.svg"
    place.parent.mkdir(parents=True)
    place.write_bytes(SVG)
    (root / link).rename(tmp_path / "elsewhere")
    (root / link).symlink_to(tmp_path / "elsewhere")
    assert said_of(root) == (
        f"{link}:1:1 E204 a symbolic link\n    put the file itself here: links are never followed\n"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    root = book_with(tmp_path, "logo: a.svg, css: a.css")
    (root / BELOW / "a.svg").mkdir(parents=True)
    os.mkfifo(root / BELOW / "a.css")
    assert said_of(root) == (
        "overrides/status/a.css:1:1 E205 neither a file nor a folder\n    delete it\n"
        "overrides/status/a.svg:1:1 E205 neither a file nor a folder\n    delete it\n"
    )


def test_a_style_is_text(tmp_path: Path) -> None:
    root = book_with(tmp_path, "css: a.css", a_css="a{}\n\u202e".encode())
    assert said_of(root).startswith("overrides/status/a.css:2:1 E105 ")


def test_a_deep_drawing_costs_no_stack() -> None:
    deep = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">' + b"<g>" * 28_000
    faults = Faults("logo")
    picture_size(deep + b"</g>" * 28_000 + b"</svg>", "svg", faults)
    assert faults.found == []


@given(
    st.sampled_from([b"", SVG, SVG[:40], png(3, 3), b"RIFF\0\0\0\0WEBPVP8X"]),
    st.binary(max_size=60),
    st.sampled_from(["svg", "png", "webp"]),
)
@example(SVG.replace(b"160", b"9" * 400), b"", "svg")
def test_any_bytes_give_a_size_or_a_fault(begin: bytes, rest: bytes, ending: str) -> None:
    faults = Faults("logo")
    size = picture_size(begin + rest, ending, faults)
    assert (size is None) == bool(faults.found)
    assert size is None or min(size) > 0


@given(st.text(alphabet="@importuls(/\\\"':;*{} \n69#a", max_size=80))
def test_a_style_that_is_taken_names_no_other_host(css: str) -> None:
    if outside_reference(css) is None:
        plain = re.sub(r"/\*.*?(\*/|\Z)", " ", css, flags=re.DOTALL)
        assert not re.search(r"@import|url\(\s*[\"']?//", plain)
