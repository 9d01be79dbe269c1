"""The Ordnance Survey's national grid: from easting and northing to the latitude and longitude of web maps.

The method of "A guide to coordinate systems in Great Britain" (Ordnance Survey): Transverse Mercator back to
Airy 1830, then a Helmert shift to WGS84. Good to about five metres.
"""

from math import atan2, cos, degrees, radians, sin, sqrt, tan

AIRY = (6_377_563.396, 6_356_256.909)
WGS84 = (6_378_137.0, 6_356_752.3142)
SCALE, LATITUDE0, LONGITUDE0 = 0.9996012717, radians(49), radians(-2)
EASTING0, NORTHING0 = 400_000, -100_000
SHIFT = (446.448, -125.157, 542.060)  # metres
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = -20.4894e-6


def latitude_longitude(easting: int, northing: int) -> tuple[float, float]:
    """WGS84 degrees of a grid reference in metres, to five decimals."""
    latitude, longitude = _wgs84(*_airy(easting, northing))
    return round(degrees(latitude), 5), round(degrees(longitude), 5)


def _airy(easting: int, northing: int) -> tuple[float, float]:
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    phi, arc = LATITUDE0, 0.0
    while abs(northing - NORTHING0 - arc) >= 0.00001:
        phi += (northing - NORTHING0 - arc) / (a * SCALE)
        arc = _meridian(phi)
    sine, t = sin(phi), tan(phi)
    nu = a * SCALE / sqrt(1 - e2 * sine**2)
    rho = a * SCALE * (1 - e2) / (1 - e2 * sine**2) ** 1.5
    eta2 = nu / rho - 1
    d = easting - EASTING0
    latitude = (
        phi
        - d**2 * t / (2 * rho * nu)
        + d**4 * t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
        - d**6 * t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    )
    longitude = (
        LONGITUDE0
        + d / (cos(phi) * nu)
        - d**3 / (cos(phi) * 6 * nu**3) * (nu / rho + 2 * t**2)
        + d**5 / (cos(phi) * 120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    )
    return latitude, longitude


def _meridian(phi: float) -> float:
    a, b = AIRY
    n = (a - b) / (a + b)
    minus, plus = phi - LATITUDE0, phi + LATITUDE0
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * minus
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(minus) * cos(plus)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * minus) * cos(2 * plus)
            - 35 / 24 * n**3 * sin(3 * minus) * cos(3 * plus)
        )
    )


def _wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    a, b = AIRY
    nu = a / sqrt(1 - (1 - (b / a) ** 2) * sin(latitude) ** 2)
    x = nu * cos(latitude) * cos(longitude)
    y = nu * cos(latitude) * sin(longitude)
    z = (b / a) ** 2 * nu * sin(latitude)
    (dx, dy, dz), (rx, ry, rz), s = SHIFT, TURN, 1 + STRETCH
    x, y, z = dx + s * x - rz * y + ry * z, dy + rz * x + s * y - rx * z, dz - ry * x + rx * y + s * z
    a, b = WGS84
    e2, flat = 1 - (b / a) ** 2, sqrt(x**2 + y**2)
    phi = atan2(z, flat * (1 - e2))
    for _ in range(6):
        phi = atan2(z + e2 * a / sqrt(1 - e2 * sin(phi) ** 2) * sin(phi), flat)
    return phi, atan2(y, x)
