import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.places import PlaceKind
from matching.gazetteer import build
from matching.place_index import VERSION
from matching.places import Gazetteer, GazetteerUnavailableError
from tests.support.built_once import PROJECT
from tests.support.gazetteer import gazetteer_folder

ASK = """
import sys
from pathlib import Path
from matching.places import Gazetteer
print(Gazetteer.open(Path(sys.argv[1])).find("Dresden", "de").place.id)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, list[tuple[int, int]]]:
    folder = tmp_path_factory.mktemp("gazetteer") / "built"
    folder.mkdir()
    (folder / "left-over").write_text("of an older build")
    reported: list[tuple[int, int]] = []
    build(folder, lambda done, total: reported.append((done, total)))
    return folder, reported


@pytest.mark.xdist_group("gazetteer-build")
def test_a_build_replaces_the_older_one_and_leaves_nothing_beside_it(built):
    folder, _ = built
    assert not (folder / "left-over").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["built"]
    assert json.loads((folder / "names.json").read_text())["version"] == VERSION


@pytest.mark.xdist_group("gazetteer-build")
def test_a_build_reports_from_nothing_to_all_and_never_backwards(built):
    _, reported = built
    shares = [done / total for done, total in reported]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    assert len(set(shares)) > 20


@pytest.mark.xdist_group("gazetteer-build")
def test_a_build_stays_small(built):
    folder, _ = built
    assert sum(path.stat().st_size for path in folder.iterdir()) < 70 * 2**20


def test_a_folder_without_a_gazetteer_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerUnavailableError, match="make setup"):
        Gazetteer.open(tmp_path)


def test_a_gazetteer_of_another_version_is_refused(tmp_path):
    (tmp_path / "names.json").write_text('{"version": 0}')
    with pytest.raises(GazetteerUnavailableError, match="another version"):
        Gazetteer.open(tmp_path)


def test_two_processes_open_the_same_build():
    folder = gazetteer_folder()

    def ask(_: int) -> str:
        command = [sys.executable, "-c", ASK, str(folder)]
        run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        return run.stdout.strip()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == ["geonames:2935022"] * 2


@pytest.mark.parametrize(
    ("place_id", "name", "kind", "country", "timezone"),
    [
        ("geonames:2935022", "Dresden", PlaceKind.CITY, "DE", "Europe/Berlin"),
        ("geonames:702550", "Lviv", PlaceKind.CITY, "UA", "Europe/Kyiv"),
        ("country:JO", "Jordan", PlaceKind.COUNTRY, "JO", "Asia/Amman"),
        ("world:east_africa", "East Africa", PlaceKind.REGION, None, None),
        ("own:enzkreis", "Enzkreis", PlaceKind.DISTRICT, "DE", "Europe/Berlin"),
        ("own:treptow-koepenick", "Berlin Treptow-Köpenick", PlaceKind.DISTRICT, "DE",
         "Europe/Berlin"),
        ("own:pfinztal", "Pfinztal", PlaceKind.CITY, "DE", "Europe/Berlin"),
        ("own:rachiine", "Rachiine", PlaceKind.CITY, "LB", "Asia/Beirut"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_id(gazetteer, place_id, name, kind, country, timezone):
    place = gazetteer.place(place_id)
    assert (place.id, place.name, place.kind) == (place_id, name, kind)
    assert (place.country, place.timezone) == (country, timezone)


@pytest.mark.parametrize(
    "unknown", ["", "geonames:", "geonames:0", "geonames:99999999999999", "geonames:x", "own:x"]
)
def test_an_unknown_id_is_no_place(gazetteer, unknown):
    assert gazetteer.place(unknown) is None


def test_a_world_region_lies_nowhere_in_particular(gazetteer):
    place = gazetteer.place("world:mena")
    assert (place.latitude, place.longitude, place.country) == (None, None, None)


def test_a_town_lies_where_it_lies(gazetteer):
    place = gazetteer.place("geonames:2935022")
    assert place.latitude == pytest.approx(51.05, abs=0.01)
    assert place.longitude == pytest.approx(13.74, abs=0.01)
    assert place.population > 500_000
    assert place.admin == "Sachsen"


def test_every_german_district_and_gap_has_a_position(gazetteer):
    ids = [id_ for id_ in gazetteer.own_ids() if id_.startswith("own:")]
    places = [gazetteer.place(id_) for id_ in ids]
    assert len(set(ids)) == len(ids)
    assert sum(place.kind is PlaceKind.DISTRICT for place in places) >= 294 + 12
    assert [place.name for place in places if place.latitude is None] == []
