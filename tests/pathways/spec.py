"""A spec: these facts, this verdict, these reasons. The specs are tests, and the examples in docs/pathways.md."""

from dataclasses import dataclass, field
from datetime import date

from offramp import pathways
from offramp.rules import packs

TODAY = date(2026, 3, 14)


@dataclass(frozen=True)
class Spec:
    """One example, told in a sentence."""

    says: str
    facts: dict
    answer: str
    needs: str | None = None
    # Reasons that must be among the verdict's, word for word.
    reasons: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    pack: str | None = None
    overrides: dict = field(default_factory=dict)

    def verdict(self, key):
        pack = packs.get(self.pack) if self.pack else None
        return pathways.get(key).assess(self.facts, pack, at=TODAY, overrides=self.overrides)


def check(key, spec):
    """The verdict is what the spec says, and every criterion was looked at."""
    verdict = spec.verdict(key)

    assert (verdict.answer, verdict.needs) == (spec.answer, spec.needs)
    assert tuple(question.fact for question in verdict.asks) == spec.asks
    assert set(spec.reasons) <= {str(finding.reason) for finding in verdict.findings}


def declared(key):
    """What holds for every pathway, whoever wrote it."""
    pathway = pathways.get(key)

    assert pathway.key == key
    assert {"adult", "agrees"} <= set(pathway.fixed)
    for criterion in pathway.criteria:
        assert criterion.because
        assert criterion.but
        assert criterion.unclear
        assert criterion.source
    return pathway
