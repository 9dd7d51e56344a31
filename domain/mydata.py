"""Everything that is stored about somebody, by table."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

YOU, SOMEBODY = "you", "somebody else"
"""What stands in the place of a person: others are not named in anybody's export."""

PAUSE = timedelta(minutes=1)
"""So long after one export there is no other."""
