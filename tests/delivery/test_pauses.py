"""How long is waited after failures: doubled, spread by chance, and never for ever."""

from hypothesis import given
from hypothesis import strategies as st

from delivery.ledger import backoff

FAILURES = st.integers(min_value=0, max_value=10_000)


@given(failures=FAILURES)
def test_a_pause_is_doubled_and_spread_by_a_half_around(failures: int) -> None:
    middle = min(900.0, 1.0 * 2 ** min(failures, 30))
    assert 0.5 * middle <= backoff(failures, 1.0, 900.0) <= 1.5 * middle


def test_many_who_failed_together_do_not_come_back_in_step() -> None:
    pauses = [backoff(3, 1.0, 900.0) for _ in range(100)]
    assert len({round(pause, 3) for pause in pauses}) > 50
    assert max(pauses) - min(pauses) > 3
