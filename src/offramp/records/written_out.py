"""A condition whose codes stand in the statement itself, not beside it as parameters.

A partial index serves a question only if the database can see that the question asks for nothing outside it. SQLite sees
that of `state IN ('requested', 'accepted')` when the index says the same words; of `state IN (?, ?)` it cannot.
"""

import re
from collections.abc import Iterable

from django.db.models import BooleanField, F
from django.db.models.expressions import BaseExpression

_CODE = re.compile(r"[a-z_]+")


class OneOf(BaseExpression):
    """This column is one of these codes. They must be codes of our own, in the order in which the index names them."""

    conditional = True

    def __init__(self, column: str, codes: Iterable[str]):
        super().__init__(output_field=BooleanField())
        self.column, self.codes = F(column), [str(code) for code in codes]
        if not all(map(_CODE.fullmatch, self.codes)):
            raise ValueError("only codes are written out")

    def get_source_expressions(self):
        return [self.column]

    def set_source_expressions(self, exprs):
        (self.column,) = exprs

    def as_sql(self, compiler, connection):
        column, params = compiler.compile(self.column)
        codes = ", ".join(f"'{code}'" for code in self.codes)
        return f"{column} IN ({codes})", params
