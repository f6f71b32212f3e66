"""Every rule cites where it comes from, and every key leads to a page."""

import re

import pytest

from offramp import pathways
from offramp.rules import packs
from offramp.rules.clocks import REGISTER
from offramp.rules.sources import cited, known

KEY = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z0-9.]+)+|SEED")


def used() -> set[str]:
    written = [criterion.source for pathway in pathways.ALL.values() for criterion in pathway.criteria]
    written += [pathway.source for pathway in pathways.ALL.values()]
    written += [packs.get(name).citation for name in packs.names()]
    written += [line.source for line in REGISTER.values()]
    return {found.group(0) for text in written for found in KEY.finditer(text)}


def test_every_key_in_use_is_told_and_none_is_left_over():
    assert used() - set(known()) == set()
    assert {key for key in known() if KEY.fullmatch(key)} - used() == set()


@pytest.mark.parametrize("source", known().values(), ids=lambda source: source.key)
def test_a_source_has_a_title_and_a_page(source):
    assert source.title
    assert source.address.startswith("http") or source.key == "SEED"


def test_a_citation_is_split_and_a_local_order_stands_as_written():
    assert [one.key for one in cited("LEAD-SF-REF, MARI-PROTO")] == ["LEAD-SF-REF", "MARI-PROTO"]
    assert cited("Rivermouth General Order 41-3 (made up)")[0].address == ""
    assert cited("") == ()
