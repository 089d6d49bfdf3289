"""Control characters are shown, not obeyed."""

import pytest

from tui.literal import literal, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 null\x00 delete\x7f", "bell␇ null␀ delete␡"),
        ("\x9b31m", "�31m"),
        ("turned \u202eround", "turned �round"),
        ("\u2028", "�"),
        ("half a pair \ud800", "half a pair �"),
        ("soft\xadhyphen", "soft-hyphen"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("Lynas – 鉱山 – מכרה", "Lynas – 鉱山 – מכרה"),
    ],
)
def test_what_a_terminal_could_obey_becomes_a_symbol(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_offsets_hold_because_every_character_stays_one() -> None:
    every = "".join(map(chr, range(0x3000)))

    assert len(literal(every)) == len(every)


def test_one_line_joins_lines_and_still_shows_escapes() -> None:
    assert one_line("  two\r\n lines\tand \x1b ") == "two lines and ␛"
