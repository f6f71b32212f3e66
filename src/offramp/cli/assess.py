"""May a pathway be offered? Facts in, a verdict with every reason out.

No database, no Django: the same rules an officer's screen uses.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from offramp.cli.answer import Stop, add_json, answer
from offramp.cli.questions import add_pathway, chosen, in_words
from offramp.rules import safety
from offramp.rules.answers import Answer
from offramp.rules.eligibility import Finding, Verdict
from offramp.rules.facts import Facts
from offramp.rules.pathway import Pathway
from offramp.rules.words import Role

MARK = {Answer.YES: "✓", Answer.NO: "✗", Answer.UNKNOWN: "?"}
SAID = {Answer.YES: "can be offered", Answer.NO: "cannot be offered", Answer.UNKNOWN: "not known yet"}
# A page of facts is a few hundred bytes; what is larger is another file picked by mistake.
LARGEST = 1_000_000


def add(parser) -> None:
    """The pathway, the facts, and who lifted what."""
    add_pathway(parser)
    parser.add_argument(
        "--facts", metavar="FILE|-", required=True, help="a JSON object of facts; - reads it from stdin"
    )
    parser.add_argument(
        "--at", metavar="DAY", type=date.fromisoformat, help="the day look-backs count from (today)"
    )
    parser.add_argument(
        "--override",
        metavar="CRITERION=ROLE",
        action="append",
        default=[],
        help="a criterion somebody set aside, and in which role",
    )
    add_json(parser)


def run(args) -> None:
    """Print the verdict."""
    pathway, pack = chosen(args)
    raw = _facts(args.facts)
    facts = pathway.read(raw, pack, at=args.at or datetime.now().astimezone().date())
    verdict = pathway.assess(facts, pack, overrides=_overrides(args.override))
    document = {**verdict.to_json(), "first": [safety.to_json(one) for one in safety.first(facts)]}
    answer(document, as_json=args.json, lines=_lines(pathway, verdict, facts))


def _facts(where: str) -> dict[str, object]:
    name = "The facts on stdin" if where == "-" else where
    raw = sys.stdin.buffer.read(LARGEST + 1) if where == "-" else _first_bytes(Path(where))
    if len(raw) > LARGEST:
        raise Stop(f"{name}: too large to be one encounter's facts.")
    try:
        facts = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Stop(f"{name}: not UTF-8 text.") from None
    except RecursionError:
        raise Stop(f"{name}: nested too deeply to be facts.") from None
    except json.JSONDecodeError as wrong:
        raise Stop(f"{name}: not JSON: {wrong}.") from None
    except ValueError:  # thousands of digits
        raise Stop(f"{name}: holds a number too long to be one.") from None
    if not isinstance(facts, dict):
        raise Stop(f'{name}: must be one JSON object, like {{"age": 34, "charge": "yes"}}.')
    return facts


def _first_bytes(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # JSON lets a key stand twice and keeps the last; of two answers to one question neither can be trusted.
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise Stop(f"The fact “{key}” is given twice.")
        seen[key] = value
    return seen


def _overrides(written: list[str]) -> dict[str, Role]:
    overrides = {}
    for one in written:
        name, _, role = one.partition("=")
        if role not in set(Role):
            raise Stop(f"“{one}”: write an override as CRITERION=ROLE, like no_weapon=supervisor.")
        overrides[name] = Role(role)
    return overrides


def _lines(pathway: Pathway, verdict: Verdict, facts: Facts) -> Iterator[str]:
    for guidance in safety.first(facts):
        yield f"! {guidance.says}"
    by = f", pack {verdict.pack} {verdict.pack_version}" if verdict.pack else ""
    needs = f": a {verdict.needs.value} decides" if verdict.needs else ""
    yield f"{pathway.name}: {SAID[verdict.answer]}{needs}  (rules {verdict.version}{by})"
    yield from (_line(finding) for finding in verdict.findings)
    for offence, alone in verdict.offences:
        yield f"  {MARK[alone]} {offence.code or '-':4} {offence.name}"
    if verdict.asks:
        yield "Still to ask:"
        yield from (f"  {in_words(question)}" for question in verdict.asks)


def _line(finding: Finding) -> str:
    lifted = f"  (set aside by a {finding.overridden_by.value})" if finding.overridden_by else ""
    return f"  {MARK[finding.answer]} {finding.reason}{lifted}"
