"""What comes before any offer."""

from offramp.rules.bank import BANK
from offramp.rules.reading import read_facts
from offramp.rules.safety import First, first, is_for_adults


def kinds(**raw):
    return [one.first for one in first(read_facts(raw, BANK.values()))]


def test_a_medic_comes_before_everything():
    assert kinds(under_18="yes", danger_now="yes", needs_medic="yes") == [
        First.MEDICAL,
        First.DANGER,
        First.YOUTH,
    ]


def test_one_line_for_each_kind():
    assert kinds(needs_medic="yes", overdose="yes") == [First.MEDICAL]


def test_an_overdose_is_medical_first():
    assert kinds(overdose="yes") == [First.MEDICAL]


def test_a_child_leaves_the_adult_screen_however_it_is_known():
    for raw in ({"under_18": "yes"}, {"age": 17}):
        facts = read_facts(raw, BANK.values())
        assert not is_for_adults(facts)
        assert [one.leaves_adult_screen for one in first(facts)] == [True]


def test_nothing_is_said_when_nothing_is_so_or_known():
    assert kinds() == []
    assert kinds(needs_medic="unknown", under_18="no") == []
    assert is_for_adults(read_facts({"under_18": "unknown"}, BANK.values()))
