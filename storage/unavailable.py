"""What it looks like when the database cannot be reached."""

from sqlalchemy.exc import InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

UNAVAILABLE: tuple[type[Exception], ...] = (
    OperationalError,
    InterfaceError,
    PendingRollbackError,
    PoolTimeout,
    OSError,
)
"""What a store raises that cannot be reached at the moment: the same may work later."""
