"""The line that a terminal shows while a batch runs."""

import io
from collections.abc import Iterator

from rules.batch.part import Part, Shard
from rules.batch.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def counted() -> Iterator[Shard]:
    yield Shard(0, (Part("lines", "/x", "x", count=400),))


def test_the_rate_is_of_what_was_done_now_and_the_time_left_of_what_is_open() -> None:
    clock = iter([0.0, 10.0])
    progress = Progress(counted, io.StringIO(), lambda: next(clock))
    progress._add_up(counted)
    progress.advance(100, 0, fresh=False)
    progress.advance(100, 3, fresh=True)
    assert progress.line() == "████████████░░░░░░░░░░░░ 200 of 400 · 10.0/s · 0:20 left · 3 failed"


def test_a_terminal_is_drawn_on_and_left_clean_and_a_file_is_not_written_to() -> None:
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        progress = Progress(counted, stream)
        progress.advance(100, 0, fresh=True)
        progress.clear()
        assert ("100" in stream.getvalue()) is drawn
        assert not stream.getvalue().strip(" \r").endswith("\n")
