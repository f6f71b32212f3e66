"""The cast, for tests: the same people, agencies and places as in the demo city, on one night."""

from datetime import UTC, datetime

from offramp.demo.cast import JO as JO
from offramp.demo.cast import ROBIN as ROBIN
from offramp.demo.cast import SAM as SAM
from offramp.demo.cast import Cast as Cast
from offramp.demo.cast import set_the_stage as set_the_stage

TONIGHT = datetime(2026, 11, 25, 6, 38, tzinfo=UTC)  # 22:38 in Rivermouth
