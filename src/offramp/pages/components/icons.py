"""Small line drawings, each always beside a word. Drawn on a 24 × 24 grid with a stroke of 2."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "tick": "M4 13l5 5L20 6",
    "cross": "M6 6l12 12M18 6L6 18",
    "question": "M8.5 8.5a3.6 3.6 0 1 1 5.2 3.2c-1.2.6-1.7 1.3-1.7 2.6M12 18.6v.1",
    "alert": "M12 4l9 16H3zM12 10v4.5M12 17.3v.1",
    "medical": "M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5z",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "phone": "M6 3.5h3.2l1.6 4.6-2.2 1.6a12 12 0 0 0 5.7 5.7l1.6-2.2 4.6 1.6V18a2.5 2.5 0 0 1-2.7 2.5A15.5 15.5 0 0 1 3.5 6.2"
    "A2.5 2.5 0 0 1 6 3.5z",
    "theme": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3a6 9 0 0 1 0 18z",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "plus": "M5 12h14M12 5v14",
    "down": "M6 9.5l6 6 6-6",
    "right": "M9.5 6l6 6-6 6",
    "print": "M7 8V3.5h10V8M7 17H4V9.5A1.5 1.5 0 0 1 5.5 8h13A1.5 1.5 0 0 1 20 9.5V17h-3M7 14h10v6.5H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5",
    "ramp": "M7 21V3M7 17c0-6 3-8 10-8M13.5 5.5L17 9l-3.5 3.5",
}


def icon(name: str) -> SafeString:
    """An icon as it stands in a page: unseen by screen readers, because the word beside it says the same."""
    # The paths above are ours, and nothing typed by anybody reaches this function.
    path = mark_safe(PATHS[name])
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', path)
