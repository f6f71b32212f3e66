"""Finding people on the care side: what is typed, and who is meant by it."""

from dataclasses import replace

import pytest

from offramp.records import person, search
from offramp.records.agency import Agency
from offramp.records.identity import Birth, Contact, Identity
from offramp.records.tokens import SearchToken, forget
from offramp.rules.words import Role, Side
from tests.records.stage import NOW, viewer_of

pytestmark = pytest.mark.django_db

SAM = Identity(
    "Samuel",
    "Rivers",
    known_as="Slim",
    aliases=("Tony Montana",),
    birth=Birth(1990, 4, 2),
    phones=(Contact("(415) 555-0101"),),
    addresses=(Contact("12 N. Oak Ave, Rivermouth"),),
)
MARIA = Identity("María Guadalupe", "García López", birth=Birth(1985, 2, 3))
OTHERS = [
    Identity("Robert", "Marsh", birth=Birth(1985, 6, 7), phones=(Contact("555-0199"),)),
    Identity("Jo", "Alvarado", birth=Birth(1978, 11)),
    Identity("Anna", "Lee", addresses=(Contact("9 Pine Street"),)),
    Identity(known_as="Red"),
    Identity(),
]


@pytest.fixture
def navigator(db):
    return viewer_of(Agency.objects.create(name="Rivermouth Navigators"), Side.CARE)


@pytest.fixture
def open_file(navigator):
    return lambda identity, viewer=navigator, **more: person.open_file(
        viewer, side=Side.CARE, agency_id=viewer.agency_id, identity=identity, at=NOW, **more
    )


@pytest.fixture
def files(open_file):
    return {identity.name: open_file(identity) for identity in (SAM, MARIA, *OTHERS)}


def found(viewer, text):
    return search.find(viewer=viewer, text=text, at=NOW)


def names(viewer, text):
    return [one.identity.name for one in found(viewer, text)]


def why(viewer, text):
    return [str(reason) for reason in found(viewer, text)[0].reasons]


@pytest.mark.parametrize(
    "text",
    [
        "Samuel Rivers",
        "samuel rivers 1990",
        "Rivers, Samuel",
        "sam rivers",
        "Samual Rivvers",
        "samuel reevers 1990",
        "samule rivers",
        "samuel rivers 1989",
        "samuel rivers 1909",
        "xavier rivers 4/2/1990",
        "samuel banks 1990-04-02",
        "slim",
        "slim rivers",
        "tony montana",
        "tony rivers",
        "rivers",
        "rivvers",
        "rivers 1990",
        "samuel '90",
        "rivers 2 Apr",
        "rivers april 2",
        "samuel 4/2",
        "4/2/1990",
        "2 de abril de 1990",
        "555-0101",
        "(415) 555-0101",
        "+1 415.555.0101",
        "xavier banks 415 555 0101",
        "12 oak",
        "12 Oak Street",
        "rivers oak ave",
        "sam riv",
    ],
)
def test_sam_is_found_first(navigator, files, text):
    assert names(navigator, text)[:1] == ["Samuel Rivers"]


@pytest.mark.parametrize(
    "text",
    [
        "maria garcia",
        "María García López 1985",
        "lupe lopez",
        "garcia maria",
        "guadalupe",
        "Maria G. Lopez",
        "garcia lopez",
    ],
)
def test_maria_is_found_by_each_of_her_names(navigator, files, text):
    assert names(navigator, text)[:1] == [MARIA.name]


@pytest.mark.parametrize(
    "text", ["", "   ", "?", "xq zzyzx", "xavier banks 1971", "oliver 555-7777", "9", "de la"]
)
def test_nobody_is_found_by_nothing(navigator, files, text):
    assert names(navigator, text) == []


def test_a_code_finds_its_file(navigator, files):
    sam = files[SAM.name]

    assert [one.file.pk for one in found(navigator, sam.code.lower())] == [sam.pk]
    assert why(navigator, sam.code) == ["Same file code"]


# -- Why, and in which order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("samuel rivers 4/2/1990", ["Same first name", "Same last name", "Same date of birth"]),
        (
            "sam reevers 1991",
            ["A short form of the first name", "Last name sounds alike", "Year of birth is close"],
        ),
        ("slim rivens", ["A name they also go by", "Last name spelt nearly alike"]),
        ("rivers samuel", ["Same last name", "Same first name", "First and last name the other way round"]),
        ("sam riv", ["A short form of the first name", "Last name begins so"]),
        ("rivers 2 Apr 1971", ["Same last name", "Same day and month of birth"]),
        ("555-0101", ["Same phone number, without area code"]),
        ("rivers 415 555 0101", ["Same last name", "Same phone number"]),
        ("12 oak st", ["Same address"]),
        ("rivers oak st", ["Same last name", "Same street"]),
    ],
)
def test_every_find_says_why(navigator, files, text, reasons):
    assert why(navigator, text) == reasons


def test_the_likest_comes_first(navigator, open_file):
    for first, last, year in (
        ("Samantha", "Revers", 1971),
        ("Sam", "Rivers", 1991),
        ("Samuel", "Rivers", 1990),
    ):
        open_file(Identity(first, last, birth=Birth(year)))

    got = found(navigator, "samuel rivers 1990")
    assert [one.identity.birth.year for one in got] == [1990, 1991]
    assert got[0].score == 100 > got[1].score


def test_the_same_question_has_the_same_answer(navigator, open_file):
    for _ in range(15):
        open_file(Identity("Samuel", "Rivers", birth=Birth(1990)))
    first, second = found(navigator, "sam rivers"), found(navigator, "sam rivers")

    assert len(first) == 10
    assert [one.file.pk for one in first] == [one.file.pk for one in second]
    assert [one.file.pk for one in first] == sorted((one.file.pk for one in first), reverse=True), (
        "newest first of equals"
    )


def test_a_person_without_a_name_is_found_by_a_phone(navigator, open_file):
    file = open_file(Identity(phones=(Contact("555-0142"),)))

    assert [one.file.pk for one in found(navigator, "555-0142")] == [file.pk]


# -- What is written down -------------------------------------------------------------------------------------------


def test_a_changed_identity_is_found_by_the_new_one_alone(navigator, files):
    person.change_identity(files[SAM.name], Identity("Robin", "Banks"))

    assert names(navigator, "robin banks") == ["Robin Banks"]
    assert names(navigator, "samuel rivers 1990") == []
    assert names(navigator, "415 555 0101") == []


def test_nothing_is_written_where_nothing_changed(navigator, files, django_assert_num_queries):
    before = set(SearchToken.objects.values_list("token", "file_id"))
    person.change_identity(files[SAM.name], replace(SAM, language="es"))

    assert set(SearchToken.objects.values_list("token", "file_id")) == before


def test_a_forgotten_file_is_found_by_nothing(navigator, files):
    forget(files[SAM.name].pk)

    assert names(navigator, "samuel rivers 1990 4/2 415 555 0101") == []
    assert not SearchToken.objects.filter(file_id=files[SAM.name].pk).exists()


# -- While typing ---------------------------------------------------------------------------------------------------


def suggested(viewer, **known):
    return [one.identity.name for one in search.suggest(viewer=viewer, identity=Identity(**known))]


@pytest.mark.parametrize(
    "known",
    [
        {"first": "Sam", "last": "Rivers", "birth": Birth(1990)},
        {"first": "Samuel", "last": "Reevers", "birth": Birth(1990, 4, 2)},
        {"first": "Slim", "phones": (Contact("415 555 0101"),)},
        {"last": "Rivers", "birth": Birth(1990, 4, 2)},
    ],
)
def test_who_may_be_known_already_is_suggested(navigator, files, known):
    assert suggested(navigator, **known) == ["Samuel Rivers"]


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"first": "Samuel"},
        {"last": "Rivers"},
        {"first": "Samuel", "last": "Rivers"},
        {"birth": Birth(1990, 4, 2)},
        {"first": "Samuel", "last": "Rivers", "birth": Birth(1961, 7, 9)},
    ],
)
def test_too_little_in_common_suggests_nobody(navigator, files, known):
    """One kind of fact alone is shared by many; a hint that is mostly wrong is soon not read any more."""
    assert suggested(navigator, **known) == []


def test_who_may_not_see_the_care_side_is_told_nothing(navigator, files):
    for role in (Role.OFFICER, Role.PROSECUTOR, Role.MANAGER):
        assert (
            suggested(replace(navigator, role=role), first="Samuel", last="Rivers", birth=Birth(1990, 4, 2))
            == []
        )
