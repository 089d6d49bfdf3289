"""How far apart two colours are for eyes of each kind (Machado, Oliveira and Fernandes 2009, severity 1.0)."""

from textual.color import Color

Row = tuple[float, float, float]

VISIONS: dict[str, tuple[Row, Row, Row]] = {
    "trichromat": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanope": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def difference(one: Color, other: Color, vision: str) -> float:
    """The distance in CIELAB (CIE 1976) of two colours as they are seen."""
    pairs = zip(_lab(_seen(one, vision)), _lab(_seen(other, vision)), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _seen(colour: Color, vision: str) -> list[float]:
    parts = [_linear(part / 255) for part in (colour.r, colour.g, colour.b)]
    mixed = (sum(weight * part for weight, part in zip(row, parts, strict=True)) for row in VISIONS[vision])
    return [min(1.0, max(0.0, part)) for part in mixed]


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _lab(parts: list[float]) -> Row:
    r, g, b = parts
    x = _root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
    y = _root(0.2126 * r + 0.7152 * g + 0.0722 * b)
    z = _root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116)
