"""The row rule, as one condition in SQL: this viewer may see this row now.

    kind of the model in the viewer's kinds, side in the viewer's sides, and
    EXISTS (a live sight row for the row's file, its kind and one of the viewer's holders)

An errand across sides (records/errand.py) sees the one file it was sent to, and no other.
"""

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.expressions import BaseExpression

from offramp.records.sight import BIT, Sight
from offramp.rules.visibility import Viewer


class NoViewer(RuntimeError):
    """A developer's mistake: a row about a person was asked for on nobody's behalf, or by a way round the door."""


class Errand:
    """A deed's narrow way to another side: some kinds of fact, in one file. Made by records/errand.py alone."""

    def __init__(self, *, sender: Viewer, side, kinds, ground: str):
        self.sender, self.side, self.kinds, self.ground = sender, side, frozenset(kinds), ground
        self.file_id: int | None = None
        self.file_key = None
        self.over = False

    @property
    def sides(self):
        return frozenset({self.side})

    @property
    def at(self):
        return self.sender.at

    def name(self, file) -> None:
        """The one file this errand is about. Named once."""
        if self.file_id is not None:
            raise NoViewer("an errand is about one file")
        self.file_id, self.file_key = file.pk, file.key

    def __reduce__(self):
        raise NoViewer("an errand is not kept for later")


def check_viewer(viewer) -> None:
    """Someone is looking, and their errand, if it is one, is not over."""
    if not isinstance(viewer, Viewer | Errand):
        raise NoViewer("nobody is looking: write .seen_by(viewer)")
    if isinstance(viewer, Errand) and viewer.over:
        raise NoViewer("this errand is over")


YES_OR_NO = models.BooleanField()


class SeenBy(BaseExpression):
    """The condition. `file` is the column that holds the row's file, `side` a column where rows differ in side.

    `source` is the column of the row that may have given the sight (a referral): a sight given for one referral
    shows that referral, and no other in the same file.
    """

    conditional = True

    def __init__(self, viewer, model, file, side=None, parent=None, source=None):
        super().__init__(output_field=YES_OR_NO)
        self.viewer, self.model = viewer, model
        self.file, self.side, self.parent, self.source = file, side, parent, source

    def get_source_expressions(self):
        return [self.file, self.side, self.parent, self.source]

    def set_source_expressions(self, exprs):
        self.file, self.side, self.parent, self.source = exprs

    def as_sql(self, compiler, connection):
        condition, params = self._condition(compiler, connection)
        if self.parent is not None:  # joined by an outer join: no parent is not an unseen parent
            column, column_params = compiler.compile(self.parent)
            condition, params = f"({column} IS NULL OR {condition})", [*column_params, *params]
        return condition, params

    def _condition(self, compiler, connection):
        allowed, params = self._by_table(compiler)
        if allowed is None:
            return self._nothing(compiler)
        column, column_params = compiler.compile(self.file)
        if isinstance(self.viewer, Errand):
            return f"({allowed}{column} = %s)", [*params, *column_params, self.viewer.file_id or 0]
        quote, field = connection.ops.quote_name, Sight._meta.get_field
        holders = sorted(self.viewer.holders)
        if not holders:
            return self._nothing(compiler)
        at = field("until").get_db_prep_value(self.viewer.at, connection)
        given, given_params = self._given_for(compiler)
        sql = (
            f"({allowed}EXISTS(SELECT 1 FROM {quote(Sight._meta.db_table)} sight_ WHERE sight_.file_id = {column}"
            f" AND sight_.holder IN ({', '.join(['%s'] * len(holders))}) AND (sight_.kinds & %s) <> 0"
            f" AND (sight_.until IS NULL OR sight_.until > %s){given}))"
        )
        return sql, [*params, *column_params, *holders, BIT[self.model.kind], at, *given_params]

    def _given_for(self, compiler):
        if self.source is None:
            return "", []
        column, params = compiler.compile(self.source)
        return f" AND sight_.source IN (0, {column})", params

    def _by_table(self, compiler):
        """The half that the visibility table answers: None for never, else a condition to go before the other half."""
        if self.model.kind not in self.viewer.kinds or not self.viewer.sides:
            return None, []
        if self.side is None:
            return ("", []) if self.model.side in self.viewer.sides else (None, [])
        column, params = compiler.compile(self.side)
        sides = sorted(side.value for side in self.viewer.sides)
        return f"{column} IN ({', '.join(['%s'] * len(sides))}) AND ", [*params, *sides]

    def _nothing(self, compiler):
        if self.parent is None:
            raise EmptyResultSet
        return "(0 = 1)", []
