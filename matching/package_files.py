"""Where an installed package keeps its data, for packages that are read and never imported."""

from importlib.util import find_spec
from pathlib import Path


def folder_of(package: str) -> Path:
    """The folder of an installed package, which is not run: what it would import may be missing.

    Raises FileNotFoundError where the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = f"{package} is not installed: `make setup` installs requirements-data.lock"
        raise FileNotFoundError(message)
    return Path(spec.submodule_search_locations[0])
