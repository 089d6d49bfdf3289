"""What a plant makes, where its name does not say: by the products that its sentence or its document speaks of."""

from collections.abc import Sequence

#: Words of its sentence that settle what an unnamed plant makes, in this order.
MADE = (
    ("recycling", ("black mass", "battery cells", "end-of-life", "scrap", "recycl")),
    ("metal", ("neodymium metal", "ndpr metal", "tungsten metal", "magnesium metal", "titanium metal")),
    ("alloy", (" alloy",)),
    ("magnet", ("magnets",)),
    ("anode", ("anode", "spherical graphite", "battery graphite", "graphite at its")),
    ("refining", ("hydroxide", "lithium carbonate", "sulphate", "sulfate", "paratungstate", "refined", "refinery")),
    ("refining", ("brine", "alumina ", "cathode", "pentoxide", "germanium", "gallium", "trioxide")),
    ("smelting", ("ferronickel", "ferrochrome", "matte", "ingot", "ferroalloy", "manganese alloy", "silico")),
    ("separation", ("ndpr", "dysprosium", "terbium", "rare earth oxide", "separated")),
    ("concentration", ("concentrate", "spodumene", "fluorspar", "ilmenite", "zircon")),
    ("refining", ("carbonate",)),
    ("mining", ("ounces", "pounds", "ore ", "gold", "copper", "uranium", " mine", "antimony")),
)
#: Words of the document that settle it where the sentence does not.
PRODUCTS = (
    ("magnet", ("magnet plant", "magnet works", "sintered magnet", "magnetics", "magnet manufactur")),
    ("anode", ("anode",)),
    ("refining", ("hydroxide", "carbonate", "sulphate", "sulfate", "paratungstate", "refinery", "refining")),
    ("refining", ("gallium", "germanium", "yellowcake", "elution", "in-situ recovery", "in situ recovery")),
    ("separation", ("rare earth", "ndpr", "neodymium")),
    ("concentration", ("concentrate", "mill feed", "flotation", " ore ")),
    ("anode", ("graphite",)),
)


def made(words: str, table: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    """The step of the first row of the table one of whose products is among the words."""
    return next((step for step, products in table if any(product in words for product in products)), None)
