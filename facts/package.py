"""Where the package's data lies. Not importlib.resources: its import alone is a thirtieth of a cold start."""

from pathlib import Path

PACKAGE = Path(__file__).parent
