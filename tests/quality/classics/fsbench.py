"""fsbench (SCTBench, CS suite; Flanagan and Godefroid, DPOR, 2005).

27 threads allocate blocks for their inodes, but there are only 26 inode locks: the last thread indexes past the end,
in every schedule.
"""

import threading
from collections.abc import Callable, Iterable
from functools import partial

BLOCKS = 26
INODES = 32
THREADS = 27


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def allocate(inode_locks: int) -> object:
    """Run the file system with so many inode locks; count the threads that got none and the blocks with two owners."""
    locks = [threading.Lock() for _ in range(inode_locks)]
    block_locks = [threading.Lock() for _ in range(BLOCKS)]
    busy = [False] * BLOCKS
    inode = [0] * INODES
    failed: list[int] = []

    def find_block(number: int) -> None:
        block = number * 2 % BLOCKS
        for _ in range(BLOCKS // 2):
            with block_locks[block]:
                if not busy[block]:
                    busy[block] = True
                    inode[number] = block + 1
                    return
            block = (block + 1) % BLOCKS

    def worker(thread: int) -> None:
        number = thread % INODES
        try:
            with locks[number]:
                if inode[number] == 0:
                    find_block(number)
        except IndexError:
            failed.append(number)

    run_threads([partial(worker, thread) for thread in range(THREADS)])
    owned = [block for block in inode if block]
    return {"without_lock": len(failed), "shared": len(owned) - len(set(owned))}


def buggy() -> object:
    """As many inode locks as blocks."""
    return allocate(BLOCKS)


def fixed() -> object:
    """As many inode locks as inodes."""
    return allocate(INODES)


def fails(observation: object) -> bool:
    """A thread found no lock, or a block has two owners."""
    return observation != {"without_lock": 0, "shared": 0}
