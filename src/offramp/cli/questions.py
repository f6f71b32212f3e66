"""What a pathway may ask: its facts, the words an officer reads, and the short answers.

No database, no Django: the rules alone.
"""

from offramp.cli.answer import add_json, answer
from offramp.rules import packs
from offramp.rules.pack import Pack
from offramp.rules.pathway import Pathway
from offramp.rules.questions import Question
from offramp.rules.refusal import BadInput


class NotCovered(BadInput):
    """A pack was named that says nothing about this pathway."""


def add(parser) -> None:
    """The pathway, and the pack that sets its rules."""
    add_pathway(parser)
    add_json(parser)


def add_pathway(parser) -> None:
    """The two things both commands take: a pathway, and maybe a pack."""
    parser.add_argument("pathway", metavar="PATHWAY", help="its key, like officer_intervention")
    parser.add_argument(
        "--pack", metavar="NAME|FILE", help="a shipped pack by name, or a pack in a TOML file"
    )


def run(args) -> None:
    """Print the questions."""
    pathway, pack = chosen(args)
    questions = pathway.questions(pack)
    answer(
        [question.to_json() for question in questions],
        as_json=args.json,
        lines=[in_words(one) for one in questions],
    )


def chosen(args) -> tuple[Pathway, Pack | None]:
    """The pathway and pack that were named. Raises what they raise, and `NotCovered`."""
    from offramp import pathways

    pathway = pathways.get(args.pathway)
    pack = packs.open_pack(args.pack) if args.pack else None
    if pack is not None and pathway.key not in pack.pathways:
        raise NotCovered(
            "The pack {pack} says nothing about {pathway}.", pack=pack.name, pathway=str(pathway.name)
        )
    return pathway, pack


def in_words(question: Question) -> str:
    """One question for reading: fact, words, answers."""
    answers = " / ".join(question.values) or question.unit or question.type.value.replace("_", " ")
    return f"{question.fact:24} {question.words}  [{answers}]"
