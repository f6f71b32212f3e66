"""Components as plain forms: names, values, marks and errors stand where a browser without scripts needs them."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template

from offramp.pages.components.values import Label, Panel, Place, Row
from offramp.pages.components.when import clock_time, gap, spoken

NOW = datetime(2025, 3, 5, 18, 0, tzinfo=UTC)


class Asks(forms.Form):
    what = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("od", Label("Overdose", hint="medics first")), ("su", "Substance use")],
    )
    county = forms.ChoiceField(
        label="Lives here?", widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")]
    )
    place = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            ("7", Place("Harbor", "room not known", "said yesterday", freshness="old", phone="555-0142"))
        ],
    )
    year = forms.IntegerField(help_text="Four digits")


def drawn(words, **context):
    return Template("{% load components %}" + words).render(Context(context))


def test_tiles_keep_what_was_chosen():
    html = drawn("{% tiles form.what %}", form=Asks(initial={"what": ["su"]}))

    assert 'type="checkbox" name="what" value="su" id="id_what_1" checked' in html
    assert "medics first" in html
    assert "<legend" in html


def test_a_question_on_one_line_is_still_a_named_group():
    html = drawn("{% chips form.county inline=True %}", form=Asks())

    assert 'role="radiogroup" id="id_county" aria-labelledby="id_county_words"' in html
    assert html.count('type="radio"') == 2


def test_a_place_can_be_called_and_says_how_old_its_word_is():
    html = drawn("{% places form.place %}", form=Asks())

    assert 'href="tel:555-0142"' in html
    assert "said yesterday" in html
    assert "place__room--old" in html


def test_an_error_stands_beside_its_field_and_at_the_top():
    form = Asks({"year": "soon", "what": ["od"], "place": "7"})
    field = drawn("{% field form.year %}", form=form)
    summary = drawn('{% include "components/errors.html" %}', form=form)

    assert 'value="soon"' in field
    assert 'aria-describedby="id_year_helptext id_year_error"' in field
    assert 'id="id_year_helptext"' in field
    assert 'id="id_year_error"' in field
    assert 'href="#id_year"' in summary
    assert 'href="#id_county_0"' in summary


def test_a_verdict_says_in_words_what_its_shapes_say():
    panel = Panel(
        "unknown",
        "Needs an answer",
        rows=[Row("yes", "An adult"), Row("no", "Lives here"), Row("unknown", "Risk")],
    )

    html = drawn('{% include "components/verdict.html" %}', panel=panel)

    assert [word in html for word in ("Met:", "Not met:", "Not known:")] == [True] * 3


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=-40), "40 min ago"),
        (timedelta(hours=2), "in 2 h"),
        (timedelta(hours=-20), "yesterday 17:00"),
        (timedelta(hours=24), "tomorrow 13:00"),
        (timedelta(days=-3), "Sun 13:00"),
        (timedelta(days=-30), "Feb 3 13:00"),
        (timedelta(days=-400), "Jan 30, 2024"),
    ],
)
def test_time_is_said_as_people_say_it(away, words):
    assert spoken(NOW + away, at=NOW) == words


def test_a_wait_is_a_length_and_a_deed_a_time_of_day():
    assert gap(NOW - timedelta(minutes=6), at=NOW) == "6 min"
    assert gap(NOW + timedelta(days=9), at=NOW) == "9 days"
    assert clock_time(NOW, at=NOW) == "13:00"


def test_the_exact_time_is_one_focus_away():
    html = drawn("{% when moment focusable=True %}", moment=NOW - timedelta(hours=1), at=NOW)

    assert 'datetime="2025-03-05T17:00:00+00:00"' in html
    assert 'data-exact="Wed, Mar 5, 2025 12:00 EST" tabindex="0"' in html
    assert ">1 h ago<" in html
