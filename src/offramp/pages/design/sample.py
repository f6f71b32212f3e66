"""Sample content for the gallery. Nobody in it is real."""

from datetime import datetime, timedelta
from typing import Any

from offramp.pages.components.values import Clock, Event, Number, Pager, Panel, Place, Reason, Row, Tab

RACE = [
    ("", "not recorded"),
    ("w", "White"),
    ("b", "Black"),
    ("h", "Hispanic"),
    ("a", "Asian"),
    ("n", "Native"),
    ("o", "Other"),
]
SEX = [("", "not recorded"), ("f", "Woman"), ("m", "Man"), ("x", "Another")]
AGE = [("", "not recorded"), ("18", "18 to 25"), ("26", "26 to 40"), ("41", "41 to 60"), ("61", "61 or more")]

PLACES = [
    (
        "harbor",
        Place(
            name="Harbor Stabilization",
            room="2 places",
            said="said 25 min ago",
            freshness="green",
            about=["1.8 mi", "open all night", "walk-ins, no ID"],
        ),
    ),
    (
        "peer",
        Place(
            name="A peer comes to you",
            room="Dana R.",
            said="about 20 min",
            freshness="green",
            about=["on call", "not police"],
        ),
    ),
    (
        "northside",
        Place(
            name="Northside Detox",
            room="1 bed",
            said="said 9 h ago",
            freshness="amber",
            about=["4.2 mi", "asks to call ahead"],
        ),
    ),
]

NOT_DIVERTING = [
    Reason("not_eligible", "Not eligible today", "Recorded with the reasons above. No name is kept."),
    Reason("declined", "They said no", "They can be offered again, any day."),
    Reason("not_today", "They said not today", "A card with the number stays with them."),
    Reason("arrest", "Arrest is needed", "Say why in your report; here one tap is enough."),
    Reason("left", "They left", "Nothing else to do."),
]

CAN_NOT = [
    Reason("full", "No room after all", "We will try Northside Detox."),
    Reason("needs_more", "Needs more than we have", "We will try a hospital bed, and tell the navigator."),
    Reason("closed", "Closing now", "Your room is set to 0 until you say again."),
]

PROBLEM = [
    Reason("not_here", "They did not arrive", "The navigator is told, and goes to look."),
    Reason("left", "They came and left", "Away, welcome back: the place stays free for 2 hours."),
]


def panel(form: Any) -> Panel:
    """The verdict of the officer's screen, with the one question that still matters."""
    return Panel(
        answer="yes",
        words="Can be offered: charges wait",
        pathway="Officer Intervention",
        rows=[
            Row("yes", "Petit theft qualifies: $42 is under $300"),
            Row("yes", "No weapon, nobody hurt"),
            Row("yes", "Risk low to moderate"),
            Row("unknown", "Lives in the county?", field=form["in_county"]),
        ],
        why="/design/",
        why_words="Why these rules · version 3",
    )


def panels(form: Any) -> list[Panel]:
    """One verdict of each kind."""
    return [
        panel(form),
        Panel(
            "supervisor",
            "Needs a supervisor",
            rows=[Row("unknown", "Risk is not known", "Local pack, section 4")],
        ),
        Panel("no", "Not under this pathway", rows=[Row("no", "Somebody was hurt", "Statute 812.014")]),
        Panel("medical", "Medics first", rows=[Row("unknown", "Breathing, and can be woken?")]),
    ]


def calls(at: datetime) -> list[dict[str, Any]]:
    """Who waits for the navigator now."""
    return [
        {
            "who": "Sam T.",
            "pathway": "Officer Intervention",
            "says": "Officer waits at 2nd & Mill",
            "since": at - timedelta(minutes=6),
            "level": "now",
            "word": "Now",
            "do": "I'm on my way",
        },
        {
            "who": "“Robin”",
            "pathway": "Self-Referral",
            "says": "At the desk, 4th Precinct",
            "since": at - timedelta(minutes=3),
            "level": "waiting",
            "word": "Soon",
            "do": "Take",
        },
    ]


CASELOAD = [
    (
        "Jo Alvarez",
        "Naloxone Plus",
        "2nd visit, evening",
        Clock(88, "breach in 5 h", level="now"),
        "Mon, no answer",
        "Team 2",
    ),
    (
        "Casey W.",
        "Officer Intervention",
        "Intake at Harbor",
        Clock(62, "9 days left"),
        "Yesterday, text",
        "Me",
    ),
    (
        "M. (no name)",
        "Active Outreach",
        "Bring ID form",
        Clock(75, "due 17:00", level="waiting"),
        "Thu, in person",
        "Me, Ortiz",
    ),
    (
        "Lee P.",
        "Officer Prevention",
        "First service?",
        Clock(70, "30-day check", level="waiting"),
        "Fri, call",
        "Me",
    ),
    (
        "Pat K.",
        "Officer Intervention",
        "Warrant: court to answer",
        Clock(41, "tomorrow 12:00"),
        "Today, court",
        "Clerk",
    ),
    (
        "Ash D.",
        "Naloxone Plus",
        "Offered again: peer call",
        Clock(24, "in 3 days"),
        "Sun, at home",
        "Dana",
    ),
    ("Ren V.", "Self-Referral", "Housing application", Clock(18, "in 5 days"), "Today, text", "Me"),
]


def caseload() -> list[dict[str, Any]]:
    """The navigator's own list."""
    columns = ("who", "pathway", "next", "clock", "contact", "with")
    return [dict(zip(columns, line, strict=True)) for line in CASELOAD]


TABS = [
    Tab("Waiting for you", "#", 2, current=True, now=True),
    Tab("Due today", "#", 7),
    Tab("Not reached twice", "#", 3),
    Tab("Silent since accepted", "#", 1),
    Tab("Mine", "#", 34),
]
NUMBERS = [Number("days in", 2), Number("next clock", "5 h"), Number("tries", 1), Number("before", "2 ×")]
PAGER = Pager("1 to 50 of 1000+", newer="#", older="#")


def events(at: datetime) -> list[Event]:
    """What happened with Jo Alvarez."""
    return [
        Event("Second visit", said="this evening, Team 2", open=True),
        Event("Visit, nobody home", at - timedelta(hours=8), "Team 2 · left a neutral card"),
        Event("Assigned to Team 2", at - timedelta(days=1, hours=13), "lives in Eastside"),
        Event("Medics were called", at - timedelta(days=2), "Fire 4 · from EMS"),
        Event("Moving on, housing kept", at - timedelta(days=240), "earlier episode"),
    ]


def clocks(at: datetime) -> list[Clock]:
    """One clock of each level."""
    return [
        Clock(30, "9 days left", "waits for Harbor"),
        Clock(72, "29 min left", "waits for you", level="waiting", due_at=at + timedelta(minutes=29)),
        Clock(100, "6 min over", "waits for the navigator", level="now"),
    ]
