"""Which files are worth opening for a search: those that share most with what is asked, of those the viewer may see.

Rows that may not be seen are left out in the very statement that looks up the tokens, before anything is counted or cut:
a hidden file moves nothing, not a result, not a place in the order, not a count. A restricted file is absent for whoever
sees it through their agency alone; those it is assigned to find it.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import BaseExpression

from offramp.records import tokens
from offramp.records.door import whole_table
from offramp.records.person import PersonFile
from offramp.records.rule import SeenBy
from offramp.records.sight import BIT, Sight
from offramp.records.tokens import SEARCHED, SearchToken
from offramp.rules.found_by import WEIGHT, tiers
from offramp.rules.sought import Sought
from offramp.rules.visibility import Viewer
from offramp.rules.words import Kind, Side

OPENED = 40  # files unsealed to answer one search
ENOUGH = 10  # with so many at hand, what many share is not asked for
FEW = 2_000  # whoever sees so few files is answered from those, not from everybody's of that name
AT_ONCE = "tes"  # what two names share in any of these ways says one thing


def candidates(viewer: Viewer, sought: Sought, *, common: bool) -> list[PersonFile]:
    """The files worth opening. `common` also asks for what thousands share, where the rest finds little."""
    ids: list[int] = []
    for side in sorted(viewer.sides & SEARCHED):
        ids += _sharing(viewer, side, tiers(sought), common=common)
    files = shown(viewer)
    by_code = list(files.filter(code=sought.code)) if sought.code else []
    return by_code + [file for file in files.filter(pk__in=ids) if file not in by_code] if ids else by_code


def shown(viewer: Viewer) -> QuerySet:
    """The files a search may show this viewer."""
    files = PersonFile.objects.seen_by(viewer).filter(side__in=[side.value for side in SEARCHED])
    return files.filter(_not_restricted(viewer, "pk", F("side")))


def _sharing(viewer: Viewer, side: Side, asked: list[dict[str, int]], *, common: bool) -> list[int]:
    """Tier after tier, while there are too few: a common name is never looked up where a rarer text has answered."""
    texts = [text for tier in asked for text in tier]
    number = dict(zip(texts, tokens.keyed(side, texts), strict=True)) if texts else {}
    worth = [{number[text]: weight for text, weight in tier.items()} for tier in asked]
    names = {number[text] for text in texts if text[0] in AT_ONCE}
    years = [number[text] for text in texts if text[0] == "y"]
    rows, ids = _rows(viewer, side), {}
    for tier, of_year, while_under in (
        (worth[0], [], OPENED),
        (worth[1], years, OPENED),
        (worth[2], [], ENOUGH),
    ):
        if tier and len(ids) < while_under:
            ids |= dict.fromkeys(_ranked(rows, tier, names, of_year))
    if common and worth[3] and len(ids) < ENOUGH:
        ids |= dict.fromkeys(_common(viewer, rows, list(worth[3])))
    return list(ids)[:OPENED]


def _rows(viewer: Viewer, side: Side) -> QuerySet:
    """The tokens of this side's files that a search may show this viewer."""
    here = Value(side.value)
    return SearchToken.objects.filter(
        SeenBy(viewer, PersonFile, F("file_id"), here), _not_restricted(viewer, "file_id", here)
    )


def _ranked(rows: QuerySet, worth: dict[int, int], names: set[int], years: list[int]) -> list[int]:
    """Those that share most, the newest first of equals. Thousands share a year with a name: it only adds to the rest."""
    parts = [
        Max(Worth({number: said for number, said in worth.items() if number in names})),
        Sum(Worth({number: said for number, said in worth.items() if number not in names})),
    ]
    if years:
        of_year = SearchToken.objects.filter(OneOf(years), file_id=OuterRef("file_id"))
        parts.append(Max(Case(When(Exists(of_year), then=Value(WEIGHT["y"])), default=Value(0))))
    shared = rows.filter(OneOf(worth)).values("file_id").annotate(worth=sum(parts[1:], start=parts[0]))
    return list(shared.order_by("-worth", "-file_id").values_list("file_id", flat=True)[:OPENED])


class OneOf(BaseExpression):
    """token IN (...): some hundred numbers, written as they are. Handing over each as a parameter takes Django longer
    than the database takes to look."""

    conditional = True

    def __init__(self, numbers: Iterable[int]):
        super().__init__(output_field=BooleanField())
        self.numbers, self.token = sorted(map(int, numbers)), F("token")

    def get_source_expressions(self):
        return [self.token]

    def set_source_expressions(self, exprs):
        (self.token,) = exprs

    def as_sql(self, compiler, connection):
        column, params = compiler.compile(self.token)
        return f"{column} IN ({', '.join(map(str, self.numbers))})", params


class Worth(OneOf):
    """What sharing each token says, as a number."""

    conditional = False

    def __init__(self, weights: dict[int, int]):
        super().__init__(weights)
        self.weights, self.output_field = weights, IntegerField()

    def as_sql(self, compiler, connection):
        column, _ = compiler.compile(self.token)
        some = {
            worth: [str(one) for one, said in self.weights.items() if said == worth]
            for worth in set(self.weights.values())
        }
        cases = [
            f"WHEN {column} IN ({', '.join(these)}) THEN {worth}"
            for worth, these in sorted(some.items(), reverse=True)
        ]
        return (f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"), []


# -- What many share ------------------------------------------------------------------------------------------------


def _common(viewer: Viewer, rows: QuerySet, some: list[int]) -> list[int]:
    """The newest files with these tokens, token by token until there are enough."""
    newest = rows.order_by("-file_id").values_list("file_id", flat=True)
    if (few := _few(viewer)) is not None:
        return list(newest.filter(OneOf(some), file_id__in=few)[:OPENED])
    ids: list[int] = []
    for token in some:
        if len(ids) < ENOUGH:
            ids += newest.filter(token=token)[:OPENED]
    return ids


def _few(viewer: Viewer) -> list[int] | None:
    """The files this viewer may see, if they are few. None: they are many."""
    held = Sight.objects.filter(holder__in=viewer.holders)
    if held[FEW : FEW + 1].exists():
        return None
    who = held.annotate(may=F("kinds").bitand(BIT[Kind.IDENTITY])).filter(may__gt=0)
    return list(who.values_list("file_id", flat=True))


# -- Restricted files -----------------------------------------------------------------------------------------------


def _not_restricted(viewer: Viewer, file: str, side) -> Q:
    """Open to whoever may see it, or theirs by more than their agency's sight."""
    holders = frozenset(holder for holder in viewer.holders if not holder.startswith("agency:"))
    files = whole_table(
        PersonFile, because="whether a file is restricted, which shows nothing but that it is absent"
    )
    restricted = Exists(files.filter(pk=OuterRef(file), restricted=True))
    return ~restricted | Q(SeenBy(replace(viewer, holders=holders), PersonFile, F(file), side))
