"""`{% load components %}`: the tags pages are laid out with. Each draws one file of templates/components/."""

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from offramp.pages.components import icons
from offramp.pages.components.when import clock_time, exact, gap, spoken
from offramp.pages.components.words import shown
from offramp.rules.plain_words import ROLES
from offramp.rules.words import Role

register = template.Library()

SAID = {"spoken": spoken, "gap": gap, "clock": clock_time}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside a word: `{% icon "tick" %}`."""
    return icons.icon(name)


@register.filter
def role(code: str) -> str:
    """What a role is called: `{{ job.role|role }}`."""
    return shown(ROLES[Role(code)])


@register.simple_tag(takes_context=True)
def when(
    context: Context, moment: datetime | None, form: str = "spoken", focusable: bool = False
) -> SafeString | str:
    """A moment as people say it, exact on hover, in print and (if `focusable`) on focus.

    `form` is "spoken" (in 2 h), "gap" (2 h) or "clock" (Tue 14:05). The time is the request's own, so that a page agrees with itself.
    """
    if moment is None:
        return ""
    at = context.get("at") or getattr(context.get("request"), "at", None) or timezone.now()
    words, whole = SAID[form](moment, at=at), exact(moment)
    return format_html(
        '<time class="when" datetime="{}" title="{}" data-exact="{}"{}>{}</time>',
        moment.isoformat(timespec="seconds"),
        whole,
        whole,
        SafeString(' tabindex="0"') if focusable else "",
        words,
    )


@register.simple_tag
def filled(percent: int) -> SafeString:
    """The bar of a clock. Drawn with an attribute, because the content policy allows no inline style."""
    width = max(0, min(100, int(percent)))
    return format_html(
        '<svg class="clock__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6"/></svg>',
        width,
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: Any = "") -> dict[str, Any]:
    """A label, a hint, an error and a control: `{% field form.birth_year %}`."""
    return {"field": bound, "hint": hint or bound.help_text}


@register.inclusion_tag("components/tiles.html")
def tiles(bound: BoundField, legend: Any = "") -> dict[str, Any]:
    """Large targets to choose from, one or several by the field's own widget: `{% tiles form.what %}`."""
    return {"field": bound, "legend": legend or bound.label}


@register.inclusion_tag("components/chips.html")
def chips(bound: BoundField, legend: Any = "", inline: bool = False) -> dict[str, Any]:
    """Short answers in a row; `inline=True` puts the question on the same line: `{% chips form.in_county inline=True %}`."""
    return {"field": bound, "legend": legend or bound.label, "inline": inline}


@register.inclusion_tag("components/places.html")
def places(bound: BoundField, legend: Any = "") -> dict[str, Any]:
    """Places to choose from. The labels of the choices are `Place` values: `{% places form.place %}`."""
    return {"field": bound, "legend": legend or bound.label}


@register.filter
def kind_of(bound: BoundField) -> str:
    """checkbox or radio: which USWDS control a field's choices are."""
    return "checkbox" if getattr(bound.field.widget, "allow_multiple_selected", False) else "radio"


@register.filter
def control(bound: BoundField) -> SafeString:
    """The field's control, with the class USWDS gives to its kind and the marks of an error."""
    widget = bound.field.widget
    shape = {"select": "usa-select", "textarea": "usa-textarea"}.get(
        getattr(widget, "input_type", "textarea"), "usa-input"
    )
    own = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{shape} {own}".strip()})
