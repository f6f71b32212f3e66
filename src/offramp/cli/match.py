"""Find places for a need: with room now, and to call first, each with its reasons."""

from datetime import datetime

from offramp.cli.answer import Stop, add_json, answer
from offramp.cli.place import open_place


def add(parser) -> None:
    parser.add_argument(
        "--need",
        action="append",
        nargs="+",
        required=True,
        metavar="NAME",
        help="what is needed; the first is the main need",
    )
    parser.add_argument("--near", metavar="LAT,LON", help="where the person is")
    parser.add_argument("--at", metavar="ISO", help="at this moment instead of now")
    parser.add_argument("--language", default="", metavar="xx", help="a language the person speaks")
    parser.add_argument(
        "--payer", default="", metavar="NAME", help="how it would be paid for: medicaid, private, …"
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many in each list")
    add_json(parser)


def run(args) -> int:
    ask = _ask(args)
    open_place()
    from django.utils import timezone

    from offramp.records import places

    ask = ask if ask.at else _at(ask, timezone.now())
    found = places.find(ask)
    answer(_document(ask, found), as_json=args.json, lines=_lines(found))
    return 0


def _ask(args):
    from offramp.rules import needs
    from offramp.rules.candidates import Ask
    from offramp.rules.languages import code_of
    from offramp.rules.needs import UnknownNeed

    if args.limit < 1:
        raise Stop("--limit must be 1 or more.")
    if args.language and not code_of(args.language):
        raise Stop(
            f"We do not know the language {args.language}. Give a code such as es, or its English name."
        )
    try:
        wanted = needs.check(dict.fromkeys(name for names in args.need for name in names))
    except UnknownNeed as unknown:
        raise Stop(str(unknown)) from unknown
    payer = args.payer.strip().lower().replace("-", "_").replace(" ", "_")
    language = code_of(args.language) or ""
    return Ask(
        needs=wanted,
        at=_moment(args.at),
        near=_point(args.near),
        language=language,
        payer=payer,
        limit=args.limit,
    )


def _point(said):
    from offramp.rules.distance import is_on_the_globe

    if not said:
        return None
    try:
        lat, lon = (float(part) for part in said.split(","))
    except ValueError as error:
        raise Stop("--near must read LAT,LON, for example 37.48,-122.23") from error
    if not is_on_the_globe((lat, lon)):
        raise Stop(f"--near {said} does not lie on the globe.")
    return lat, lon


def _moment(said):
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Stop("--at must be a date and time such as 2026-11-24T22:10-05:00") from error
    if moment.tzinfo is None:
        from zoneinfo import ZoneInfo

        from offramp.config import place

        moment = moment.replace(tzinfo=ZoneInfo(place.said("OFFRAMP_ZONE", "America/New_York")))
    return moment


def _at(ask, now):
    from dataclasses import replace

    return replace(ask, at=now)


def _document(ask, found) -> dict:
    return {
        "asked": {
            "needs": ask.needs,
            "near": ask.near,
            "at": ask.at.isoformat(),
            "language": ask.language,
            "payer": ask.payer,
        },
        "room_now": [_match(ask, one) for one in found.room_now],
        "call_first": [_match(ask, one) for one in found.call_first],
        "not_now": [
            {"service": one.candidate.key, "name": one.candidate.name, "reason": str(one.reason)}
            for one in found.not_now
        ],
    }


def _match(ask, one) -> dict:
    from offramp.rules.hours import in_words

    it = one.candidate
    return {
        "service": it.key,
        "name": it.name,
        "agency": it.agency,
        "address": it.address,
        "phones": it.phones,
        "miles": it.miles,
        "how_in": it.how_in,
        "hours": {
            "state": one.opening.state,
            "words": str(in_words(one.opening, at=ask.at, zone_name=it.hours.zone)),
            "until": one.opening.until,
            "opens_at": one.opening.opens_at,
            "said": it.hours.said,
        },
        "capacity": _capacity(ask, one),
        "matched": [{"need": need.need, "by": need.by, "term": need.term} for need in it.matched],
        "reasons": [str(reason) for reason in one.reasons],
        "cautions": [str(caution) for caution in one.cautions],
    }


def _capacity(ask, one) -> dict:
    """How many and how old. Nothing said is null, never zero; what is too old says its age and no number."""
    known = {
        "freshness": one.freshness,
        "age_minutes": None,
        "said_at": None,
        "open_places": None,
        "unit": None,
        "said_by": None,
    }
    if one.said is None:
        return known
    age = int((ask.at - one.said.said_at).total_seconds() // 60)
    known |= {
        "age_minutes": age,
        "said_at": one.said.said_at,
        "unit": one.said.unit,
        "said_by": one.said.said_by,
    }
    fresh = one.freshness in {"green", "amber"}
    return known | ({"open_places": one.said.left} if fresh else {})


def _lines(found):
    for title, part in (("Room now", found.room_now), ("Call first", found.call_first)):
        yield f"{title}: {'' if part else 'none'}"
        for one in part:
            yield f"  {one.candidate.name} ({one.candidate.agency})  {', '.join(one.candidate.phones)}"
            yield f"    {' · '.join(str(reason) for reason in (*one.reasons, *one.cautions))}"
