"""The look of Offramp: contrast, weight, the frame around every page, and components that work as plain forms."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone, translation

import offramp.pages
from offramp.pages.frame import theme
from offramp.records import house

PAGES = Path(offramp.pages.__file__).parent
TEMPLATES = PAGES / "templates"
PROTOTYPES = ["", "officer/", "script/", "handed-off/", "provider/", "navigator/"]

# -- Colour ---------------------------------------------------------------------------------------------------------

# Words on surfaces. Running text reads at 7:1; a word that carries a state reads at 4.5:1; an edge is seen at 3:1.
TEXT = [("ink", on) for on in ["paper", "card", "wash", "tint", "good-tint", "waiting-tint", "now-tint"]] + [
    ("on-bar", "bar")
]
WORDS = [
    *[("soft", on) for on in ["paper", "card", "wash", "tint", "good-tint", "waiting-tint", "now-tint"]],
    *[("brand", on) for on in ["paper", "card", "wash", "tint"]],
    *[("good", on) for on in ["paper", "card", "good-tint"]],
    *[("waiting", on) for on in ["paper", "card", "waiting-tint"]],
    *[("now", on) for on in ["paper", "card", "now-tint", "tint"]],
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("brand-strong", "tint"),
]
EDGES = [
    *[("edge", on) for on in ["paper", "card"]],
    *[("focus", on) for on in ["paper", "card", "wash", "tint", "good-tint", "waiting-tint", "now-tint"]],
    *[("brand", on) for on in ["paper", "card", "tint"]],
    ("waiting-fill", "card"),
]
PAIRS = [*[(7, *pair) for pair in TEXT], *[(4.5, *pair) for pair in WORDS], *[(3, *pair) for pair in EDGES]]


def colours(name):
    block = (PAGES / "assets" / "_tokens.scss").read_text("utf-8").split(f"${name}: (")[1].split(");")[0]
    return dict(re.findall(r"^\s*([a-z-]+): (#[0-9a-f]{6})", block, re.M))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("by", ["day", "night"])
def test_every_pair_of_colours_can_be_read(by):
    tokens = colours(by)

    def ratio(one, other):
        light, dark = sorted([luminance(tokens[one]), luminance(tokens[other])], reverse=True)
        return (light + 0.05) / (dark + 0.05)

    dim = [
        f"{word} on {on}: {ratio(word, on):.1f}, needs {least}"
        for least, word, on in PAIRS
        if ratio(word, on) < least
    ]

    assert dim == []


def test_day_and_night_have_the_same_colours_and_all_of_them_are_checked():
    checked = {name for _, *pair in PAIRS for name in pair}

    assert list(colours("day")) == list(colours("night"))
    assert set(colours("day")) - checked == {"line"}  # it carries no meaning


# -- Weight ---------------------------------------------------------------------------------------------------------


def weight(path):
    content = Path(finders.find(path)).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content, 9))


def test_the_first_visit_to_the_officers_screen_is_light_and_the_next_is_lighter(client, demo):
    page = len(gzip.compress(client.get("/design/officer/").content, 9))
    files = [
        "build/offramp.css",
        "build/public-sans-400.woff2",
        "build/public-sans-700.woff2",
        "django_htmx/htmx-2.min.js",
    ]
    scripts = [f"js/{file.name}" for file in (PAGES / "static" / "js").glob("*.js")]

    assert page + sum(weight(path) for path in files + scripts + ["mark.svg"]) <= 120_000
    assert page <= 15_000


def test_a_wheel_carries_the_styles_and_the_type(tmp_path):
    wheel = pytest.importorskip("hatchling.builders.wheel")
    root = PAGES.parent.parent.parent

    [made] = wheel.WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])

    names = Path(made).read_bytes()
    for file in ["build/offramp.css", "build/public-sans-400.woff2", "js/live.js"]:
        assert f"offramp/pages/static/{file}".encode() in names


def test_the_stylesheet_asks_for_nothing_that_is_not_beside_it():
    sheet = Path(finders.find("build/offramp.css"))
    asked = {
        path
        for path in re.findall(r'url\("?([^")]+)', sheet.read_text("utf-8"))
        if not path.startswith("data:")
    }

    assert {path for path in asked if not (sheet.parent / path).exists()} == set()


def test_nothing_is_styled_or_scripted_inside_a_page():
    loose = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:""")
    found = [file.name for file in TEMPLATES.rglob("*.html") if loose.search(file.read_text("utf-8"))]

    assert found == []


# -- The gallery ----------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(db):
    return house.mark(name="Rivermouth", zone="America/New_York", demo=True, made_at=timezone.now())


@pytest.mark.parametrize("page", PROTOTYPES)
def test_the_gallery_shows_itself_in_a_demo(client, demo, page):
    answer = client.get(f"/design/{page}")

    assert answer.status_code == 200
    assert "made-up city" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PROTOTYPES)
def test_a_real_place_has_no_gallery(client, page):
    assert client.get(f"/design/{page}").status_code == 404


def test_every_component_is_in_the_gallery_or_in_another_component():
    drawn = "".join(
        file.read_text("utf-8") for file in [*TEMPLATES.rglob("*.html"), *PAGES.glob("components/*.py")]
    )
    lost = [
        file.name
        for file in (TEMPLATES / "components").glob("*.html")
        if f'"components/{file.name}"' not in drawn
    ]

    assert lost == []


def test_every_component_begins_with_what_it_takes():
    silent = [
        file.name
        for file in (TEMPLATES / "components").glob("*.html")
        if not file.read_text("utf-8").startswith("{#")
    ]

    assert silent == []


# -- The frame ------------------------------------------------------------------------------------------------------


def test_night_comes_by_one_tap_and_stays_for_a_shift(client, demo):
    answer = client.post("/theme/", {"theme": "night", "next": "/design/officer/"})

    assert answer.url == "/design/officer/"
    assert answer.cookies["theme"]["max-age"] == timedelta(hours=12).total_seconds()
    assert 'data-theme="night"' in client.get("/design/").content.decode()


def test_the_way_back_never_leads_elsewhere(client, demo):
    assert client.post("/theme/", {"theme": "night", "next": "https://example.org/"}).url == "/"


@pytest.mark.parametrize(("hour", "expected"), [(17, "day"), (3, "night")])
def test_without_a_tap_the_sun_over_the_agency_decides(rf, police, hour, expected):
    police.lat, police.lon = 40.7, -74.0
    police.save()

    assert theme.theme_of(rf.get("/"), at=datetime(2025, 6, 1, hour, tzinfo=UTC)) == expected


def test_the_page_speaks_the_language_that_was_tapped(client, demo):
    with translation.override("en"):  # what a request chose ends with this test
        client.post("/language/", {"language": "es", "next": "/help/"})

        assert '<html lang="es"' in client.get("/help/").content.decode()
