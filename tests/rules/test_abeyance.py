"""How long charges wait, and the guard of the last day to file."""

from datetime import date

import pytest

from offramp.rules.abeyance import (
    NoLastDay,
    PlanTooLong,
    Terms,
    alert_days,
    check_plan_end,
    file_by,
    latest_plan_end,
    may_be_filed,
)

LAST_DAY = date(2027, 3, 1)


def test_the_defaults_are_those_of_the_field():
    terms = Terms()

    assert (str(terms.report_in), str(terms.intake), str(terms.plan), str(terms.longest_plan)) == (
        "72 hours",
        "30 days",
        "6 months",
        "12 months",
    )
    assert terms.repeats_most is None
    assert terms.cost_to_person == 0
    assert not terms.admission


def test_a_plan_leaves_thirty_days_to_decide():
    check_plan_end(plan_end=date(2027, 1, 30), sol_date=LAST_DAY)
    with pytest.raises(PlanTooLong, match="must end by 2027-01-30"):
        check_plan_end(plan_end=date(2027, 1, 31), sol_date=LAST_DAY)


def test_a_tolling_agreement_gives_the_whole_time():
    check_plan_end(plan_end=LAST_DAY, sol_date=LAST_DAY, tolled=True)
    assert latest_plan_end(LAST_DAY, tolled=True) == LAST_DAY


def test_without_a_last_day_no_plan_is_made():
    with pytest.raises(NoLastDay):
        check_plan_end(plan_end=date(2026, 6, 1), sol_date=None)


def test_somebody_is_reminded_four_times():
    assert alert_days(LAST_DAY) == (
        date(2026, 11, 1),
        date(2026, 12, 31),
        date(2027, 1, 30),
        date(2027, 2, 15),
    )


def test_time_to_file():
    assert may_be_filed(LAST_DAY, LAST_DAY)
    assert not may_be_filed(LAST_DAY, date(2027, 3, 2))
    assert may_be_filed(None, LAST_DAY)
    assert file_by(LAST_DAY, office_lead_days=10) == date(2027, 2, 19)
