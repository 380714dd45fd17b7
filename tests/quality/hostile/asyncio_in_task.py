"""A task runs an event loop of asyncio, which waits in the kernel."""

import asyncio
import threading

EXPECT = "returned"
VALUE = [7]


def scenario() -> object:
    results: list[int] = []

    async def compute() -> int:
        await asyncio.sleep(0)
        return 7

    thread = threading.Thread(target=lambda: results.append(asyncio.run(compute())))
    thread.start()
    thread.join()
    return results
