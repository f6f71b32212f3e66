"""Finding, and linking what was found, as deeds: whose duty they are, and what the ledger keeps of them."""

import pytest

from offramp.actions import find, link
from offramp.actions.find import NothingToLookFor
from offramp.records import link as links
from offramp.records import person
from offramp.records.identity import Birth, Identity
from offramp.records.ledger import Entry
from offramp.records.link import FileLink, NotLinked
from offramp.rules.duties import NotTheirDuty
from offramp.rules.refusal import NotFound
from offramp.rules.words import Side
from tests.cast import SAM

SAME = Identity("Sam", "Rivers", birth=Birth(1990))


@pytest.fixture
def brooks(cast, at):
    return cast.viewer("brooks", at=at)


@pytest.fixture
def sam(brooks, at):
    return person.open_file(brooks, side=Side.CARE, agency_id=brooks.agency_id, identity=SAM, at=at)


@pytest.fixture
def other(brooks, at):
    return person.open_file(brooks, side=Side.CARE, agency_id=brooks.agency_id, identity=SAME, at=at)


def looks(deed):
    return list(Entry.objects.filter(deed=deed).values_list("outcome", "details"))


# -- Find -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["brooks", "dana"])
def test_those_who_work_handoffs_find_people(cast, at, sam, who):
    assert [one.file for one in find.find(viewer=cast.viewer(who, at=at), at=at, text="sam rivers 1990")] == [
        sam
    ]


@pytest.mark.parametrize("who", ["alvarez", "diaz", "chen", "ellis", "gray", "casey", "ito"])
def test_nobody_else_does(cast, at, sam, who):
    viewer = cast.viewer(who, at=at)

    with pytest.raises(NotTheirDuty):
        find.find(viewer=viewer, at=at, text="sam rivers 1990")
    with pytest.raises(NotTheirDuty):
        find.may_be(viewer=viewer, at=at, identity=SAM)
    assert looks("look.find") == []


def test_a_search_is_a_look_and_keeps_no_word_of_it(brooks, at, sam):
    find.find(viewer=brooks, at=at, text="sam rivers 1990")
    find.find(viewer=brooks, at=at, text="xavier zzyzx")

    assert looks("look.find") == [("seen", {"count": 1}), ("seen", {"count": 0})]
    assert "rivers" not in str(list(Entry.objects.values())).lower()


@pytest.mark.parametrize("text", ["", "  ", "?!", "7", "sam " * 60])
def test_what_can_not_be_looked_for_is_said_in_one_sentence(brooks, at, text):
    with pytest.raises(NothingToLookFor) as refused:
        find.find(viewer=brooks, at=at, text=text)

    assert str(refused.value).endswith(".")


def test_a_hint_while_typing_is_a_look_when_it_shows_somebody(brooks, at, sam):
    assert [one.file for one in find.may_be(viewer=brooks, at=at, identity=SAME)] == [sam]
    assert find.may_be(viewer=brooks, at=at, identity=Identity("Xavier", "Banks")) == []

    assert looks("look.may_be") == [("seen", {"count": 1})]


# -- Link and part --------------------------------------------------------------------------------------------------


def test_two_files_are_linked_and_parted_and_nothing_is_lost(brooks, at, sam, other):
    link.join(viewer=brooks, at=at, one_key=sam.key, other_key=other.key)
    assert links.same_person(brooks, file=sam) == [other]
    assert links.same_person(brooks, file=other) == [sam]

    link.part(viewer=brooks, at=at, one_key=other.key, other_key=sam.key)
    assert links.same_person(brooks, file=sam) == []
    assert FileLink.objects.seen_by(brooks).count() == 2, "both rows stay, with the day they ended"
    assert [person.identity_of(file).name for file in (sam, other)] == ["Samuel Rivers", "Sam Rivers"]


def test_a_link_is_in_the_history_of_both_files(brooks, at, sam, other):
    link.join(viewer=brooks, at=at, one_key=sam.key, other_key=other.key)

    told = {entry.about: entry.details["other"] for entry in Entry.objects.filter(deed="files_linked")}
    assert told == {sam.key: str(other.key), other.key: str(sam.key)}


def test_linked_twice_is_linked_once(brooks, at, sam, other):
    for _ in range(2):
        link.join(viewer=brooks, at=at, one_key=sam.key, other_key=other.key)

    assert links.same_person(brooks, file=sam) == [other]


def test_what_was_never_linked_can_not_be_parted(brooks, at, sam, other):
    with pytest.raises(NotLinked):
        link.part(viewer=brooks, at=at, one_key=sam.key, other_key=other.key)


@pytest.mark.parametrize("who", ["alvarez", "chen", "dana", "ellis", "casey"])
def test_only_navigators_link(cast, at, sam, other, who):
    for deed in (link.join, link.part):
        with pytest.raises(NotTheirDuty):
            deed(viewer=cast.viewer(who, at=at), at=at, one_key=sam.key, other_key=other.key)


def test_a_file_never_links_to_itself(brooks, at, sam):
    with pytest.raises(NotLinked):
        link.join(viewer=brooks, at=at, one_key=sam.key, other_key=sam.key)


def test_a_file_of_the_police_is_not_there_to_be_linked(cast, brooks, at, sam):
    alvarez = cast.viewer("alvarez", at=at)
    police = person.open_file(alvarez, side=Side.POLICE, agency_id=alvarez.agency_id, identity=SAM, at=at)

    with pytest.raises(NotFound):
        link.join(viewer=brooks, at=at, one_key=sam.key, other_key=police.key)
