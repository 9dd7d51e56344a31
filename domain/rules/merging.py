"""What two organisations that are one show once they are merged: nothing that nobody saw before."""

from domain.organisations import Organisation


def may_fill(goes: Organisation, stays: Organisation) -> bool:
    """Whether what the one that goes has stated may fill the gaps of the one that stays. Others
    would be shown what its people have not let them see, where only the other one is seen."""
    return goes.published_at is not None or stays.published_at is None
