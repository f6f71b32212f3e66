"""Random trees of criteria for property tests, and every way their facts could turn out."""

from itertools import product

from hypothesis import strategies as st

from offramp.rules.combine import AllOf, AnyOf, Not
from offramp.rules.criteria import AtLeast, AtMost, Is, IsNot, NoneOf, OneOf
from offramp.rules.message import say
from offramp.rules.questions import choice, number, yes_no

YES_NO = [yes_no(f"yes_no_{n}", "Is it so?") for n in range(3)]
COLOUR = choice("colour", "Which colour?", red="Red", green="Green", blue="Blue")
SHAPE = choice("shape", "Which shape?", round="Round", square="Square")
SIZE = number("size", "How large?", "cm")
QUESTIONS = {question.fact: question for question in [*YES_NO, COLOUR, SHAPE, SIZE]}

# For each fact, values on both sides of everything a random criterion can say about it.
VALUES = {
    **{question.fact: ("yes", "no") for question in YES_NO},
    "colour": COLOUR.values,
    "shape": SHAPE.values,
    "size": (0, 3, 6),
}

LEAVES = {
    **{
        question.fact: st.sampled_from([Is, IsNot]).map(lambda kind, q=question: kind(q))
        for question in YES_NO
    },
    "colour": st.tuples(st.sampled_from([OneOf, NoneOf]), st.sampled_from([("red",), ("red", "blue")])).map(
        lambda x: x[0](COLOUR, x[1])
    ),
    "shape": st.sampled_from([Is, IsNot]).map(lambda kind: kind(SHAPE, "round")),
    "size": st.tuples(st.sampled_from([AtLeast, AtMost]), st.sampled_from([2, 5])).map(
        lambda x: x[0](SIZE, x[1])
    ),
}


@st.composite
def trees(draw, facts=tuple(VALUES)):
    """A tree in which each fact stands once at most, so that no part contradicts another."""
    names = list(draw(st.permutations(facts)))[: draw(st.integers(1, len(facts)))]
    parts = [draw(LEAVES[name]) for name in names]
    while len(parts) > 1:
        n = draw(st.integers(2, len(parts)))
        parts = [draw(st.sampled_from([AllOf, AnyOf]))(tuple(parts[:n])), *parts[n:]]
        if draw(st.booleans()):
            parts[0] = Not((parts[0],))
    return parts[0]


@st.composite
def some_facts(draw):
    """What is known so far; a fact may be missing, or asked and not known."""
    return {fact: draw(st.sampled_from(values)) for fact, values in VALUES.items() if draw(st.booleans())}


def completions(known, of=tuple(VALUES)):
    """Every way the facts could turn out once all were known."""
    open_facts = [fact for fact in of if fact not in known]
    for values in product(*(VALUES[fact] for fact in open_facts)):
        yield {**known, **dict(zip(open_facts, values, strict=True))}


WORDS = {"because": "It is so", "source": "a test"}
SENTENCE = say("It is so")
