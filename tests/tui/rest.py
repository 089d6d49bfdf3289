"""When the screen has done all that a key led to: asked of the event loop, and not guessed from the clock."""

import asyncio
import time
from typing import Any

from textual import _wait
from textual._context import active_app
from textual.worker import WorkerState

#: Seconds: what is to happen so soon is waited for, and how long at the most.
_SOON, _MOST = 0.02, 1.0
_BUSY = (WorkerState.PENDING, WorkerState.RUNNING)


async def until_at_rest(min_sleep: float = 0.0, max_sleep: float = _MOST) -> None:
    """Wait until no task has anything to do, now or in a fiftieth of a second.

    What a thread does beside is waited for as Textual does it: until the process rests.
    """
    loop: Any = asyncio.get_running_loop()
    end = time.monotonic() + max_sleep
    while time.monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        soon = min((each._when for each in loop._scheduled if not each._cancelled), default=end) - loop.time()
        if soon < _SOON:
            await asyncio.sleep(max(0.0, soon))
        elif any(worker.state in _BUSY for worker in active_app.get().workers):
            await _wait.wait_for_idle(0, end - time.monotonic())
            return
        elif await _nothing_comes():
            return


async def _nothing_comes() -> bool:
    """Whether what threads and pipes have told meanwhile has been heard, too: once around the loop."""
    loop: Any = asyncio.get_running_loop()
    await asyncio.sleep(0)
    return not loop._ready
