"""Checks of threads/bounded_buffer: order and room are kept, everybody wakes who can go on, close lets nobody wait."""

from dojo import attempt, together

MIXED = "CONTRACT: a call waits for ever because of what was done to another buffer"
"""So often nobody looks at a buffer in which nothing happens, unless in a loop."""
NEEDLESS = "CONTRACT: nobody else was there, and put waited though there was room, or get though there was an item"
ENOUGH = 300
"""A Condition pair needs half of it for the heaviest check; what designs with more locks need beyond it is sampled."""


def putting(kata, buffer):
    """`buffer.put`, but it returns in one word how it ended."""

    def put(item):
        try:
            buffer.put(item)
        except kata.Closed:
            return "Closed"
        return "done"

    return put


def getting(kata, buffer):
    """`buffer.get`, but it returns the item in a list, or "Closed"."""

    def get():
        try:
            return [buffer.get()]
        except kata.Closed:
            return "Closed"

    return get


def drained(kata, buffer):
    """Everything that a closed buffer still hands out."""
    items = []
    while len(items) < 10:
        got = getting(kata, buffer)()
        if got == "Closed":
            break
        items.append(got[0])
    return items


def filled(kata, capacity, items):
    buffer = kata.BoundedBuffer(capacity)
    for item in items:
        buffer.put(item)
    return buffer


def assert_delivered(puts, got):
    """Each item came out exactly as often as its `put` did not raise: once, or never."""
    for item, ending in puts.items():
        times = got.count(int(item))
        if ending == "done":
            assert times > 0, f"put({item}) returned, but its item never came out"
        else:
            assert times == 0, f"put({item}) raised Closed, but its item came out all the same"
        assert times < 2, f"put({item}) was called once, and its item came out {times} times"


# ------------------------------------------------------------------------------------------ one at a time


def one_after_the_other(kata, lines):
    """For each line of items a buffer with just enough room, filled and emptied twice over."""
    got = []
    for items in lines:
        buffer = kata.BoundedBuffer(len(items))
        for _ in range(2):
            for item in items:
                together((buffer.put, item))
            got.append([together(buffer.get)[0] for _ in items])
    return got


def test_first_in_first_out(explore):
    lines = [[1], [1, 2, 3], [None, 0, ""], [False, "end", -1], [7, 7], [[1], [1]], [*range(12)]]
    for outcome in explore(one_after_the_other, lines, stuck=NEEDLESS):
        for number, got in enumerate(outcome.value):
            items = lines[number // 2]
            assert got == items, f"capacity {len(items)}: {items} went in, {got} came out"


def made(kata):
    return [attempt(lambda capacity=capacity: bool(kata.BoundedBuffer(capacity).put)) for capacity in (0, -1)]


def test_the_capacity_is_at_least_one(explore):
    for outcome in explore(made):
        for capacity, ending in zip((0, -1), outcome.value, strict=True):
            raised = ending.get("raised", "nothing")
            assert raised == "ValueError", f"BoundedBuffer({capacity}) raised {raised}, expected ValueError"


def after_close(kata, lines):
    seen = []
    for items in lines:
        buffer = filled(kata, 2, items)
        together(buffer.close)
        put, get = putting(kata, buffer), getting(kata, buffer)
        refused = together((put, 3))[0]
        got = [together(get)[0] for _ in [*items, "end", "end again"]]
        seen.append([refused, got, together((put, 4))[0]])
    return seen


def test_a_closed_buffer_hands_out_the_rest_and_takes_nothing(explore):
    lines = [[], [1, 2]]
    for outcome in explore(after_close, lines):
        for items, (refused, got, later) in zip(lines, outcome.value, strict=True):
            expected = [[item] for item in items] + ["Closed"] * 2
            assert got == expected, f"{items} in the buffer, then close: the gets gave {got}, expected {expected}"
            assert refused == later == "Closed", "a put after close did not raise Closed"


def closed_again(kata):
    buffer = filled(kata, 1, [1])
    endings = [together((attempt, buffer.close))[0] for _ in range(3)]
    return [endings, drained(kata, buffer)]


def test_close_may_be_called_again(explore):
    for outcome in explore(closed_again):
        endings, left = outcome.value
        for number, ending in enumerate(endings, 1):
            assert "raised" not in ending, f"call number {number} of close raised {ending['raised']}"
        assert left == [1], f"1 lay in a buffer that was closed three times: {left} came out, expected [1]"


def two_buffers(kata):
    one, other = filled(kata, 1, [1]), kata.BoundedBuffer(1)
    one.close()
    return [putting(kata, other)(2), getting(kata, other)(), getting(kata, one)()]


def test_two_buffers_are_two(explore):
    for outcome in explore(two_buffers, stuck=MIXED):
        assert outcome.value == ["done", [2], [1]], (
            f"one buffer holds 1 and is closed: put(2) and get of another, then get of the first gave {outcome.value}"
        )


# ------------------------------------------------------------------------------------- waiting and waking


def one_waits_for_the_other(kata, items):
    """A full buffer or an empty one: the one call has to wait for the other."""
    buffer = filled(kata, 1, items)
    ending, got = together((putting(kata, buffer), 7), getting(kata, buffer))
    return [ending, got, [buffer.get() for _ in items if ending == "done"]]


def test_put_and_get_wait_for_each_other(explore):
    for items in ([], [1]):
        for outcome in explore(one_waits_for_the_other, items):
            ending, got, left = outcome.value
            assert ending == "done", f"{items} in a buffer for one that nobody closes: put(7) raised Closed"
            assert got != "Closed", f"{items} in a buffer that nobody closes, and a put: get() raised Closed"
            assert got + left == [*items, 7], f"{items} in a buffer for one, and put(7): {got + left} came out"


def hand_over(kata, capacity, items):
    buffer = kata.BoundedBuffer(capacity)

    def produce():
        for item in items:
            buffer.put(item)

    def consume():
        return [buffer.get() for _ in items]

    return together(produce, consume)[1]


def test_one_producer_and_one_consumer(explore):
    for capacity, items in ((1, [1, 2]), (2, [1, 2])):
        for outcome in explore(hand_over, capacity, items, budget=ENOUGH):
            assert outcome.value == items, f"capacity {capacity}: {items} went in, {outcome.value} came out"


def consumers_and_a_producer(kata, capacity, consumers):
    buffer = kata.BoundedBuffer(capacity)

    def produce():
        for item in range(consumers):
            buffer.put(item)

    return sorted(together(*[getting(kata, buffer)] * consumers, produce)[:-1], key=str)


def test_every_get_finds_an_item(explore):
    for capacity, consumers in ((1, 2), (2, 2)):
        for outcome in explore(consumers_and_a_producer, capacity, consumers, budget=ENOUGH):
            got, items = outcome.value, [[item] for item in range(consumers)]
            assert "Closed" not in got, "a get raised Closed, and nobody had closed the buffer"
            assert got == items, f"0 and 1 went in, the gets gave {got}"


def producers_and_a_consumer(kata, capacity, before):
    """Two puts, the buffer being full or not, and one who takes out everything."""
    buffer = filled(kata, capacity, range(before))

    def consume():
        return [buffer.get() for _ in range(before + 2)]

    return together((buffer.put, 8), (buffer.put, 9), consume)[-1]


def test_every_put_finds_room(explore):
    for capacity, before in ((1, 1), (2, 2)):
        for outcome in explore(producers_and_a_consumer, capacity, before, budget=ENOUGH):
            got, first = outcome.value, list(range(before))
            assert got[:before] == first and sorted(got[before:]) == [8, 9], (
                f"{first} lay in the buffer, 8 and 9 were added, {got} came out"
            )


def crowd(kata, capacity, producers, consumers):
    """A put or a get for each thread, and then everything else is taken out."""
    buffer = kata.BoundedBuffer(capacity)
    puts = [(buffer.put, item) for item in range(producers)]
    got = together(*puts, *[buffer.get] * consumers)[producers:]
    got.extend(buffer.get() for _ in range(producers - consumers))
    return sorted(got)


def test_producers_and_consumers_in_a_crowd(explore):
    for capacity, producers, consumers in ((1, 2, 2), (2, 3, 1)):
        for outcome in explore(crowd, capacity, producers, consumers, budget=ENOUGH):
            items = list(range(producers))
            assert outcome.value == items, f"{producers} threads put {items}, {outcome.value} came out"


# --------------------------------------------------------------------------------------------------- close


def puts_and_close(kata, capacity, puts):
    """A full buffer, puts that wait, and close."""
    items = list(range(1, capacity + 1))
    buffer = filled(kata, capacity, items)
    put = putting(kata, buffer)
    endings = together(*[(put, 7 + number) for number in range(puts)], buffer.close)[:-1]
    return [endings, drained(kata, buffer)]


def test_close_ends_every_waiting_put(explore):
    for capacity, puts in ((1, 2), (3, 1)):
        for outcome in explore(puts_and_close, capacity, puts, budget=ENOUGH):
            endings, left = outcome.value
            assert len(left) <= capacity, f"a buffer with room for {capacity} held {left}"
            assert endings == ["Closed"] * puts, "a put into a full buffer that was closed meanwhile did not raise"
            assert left == list(range(1, capacity + 1)), f"1 to {capacity} lay in the buffer, {left} came out"


def gets_and_close(kata, items, gets):
    buffer = filled(kata, 1, items)
    return sorted(together(*[getting(kata, buffer)] * gets, buffer.close)[:-1], key=str)


def test_close_ends_every_waiting_get(explore):
    for items, gets in (([], 2), ([], 3), ([5], 3)):
        for outcome in explore(gets_and_close, items, gets, budget=ENOUGH):
            expected = ["Closed"] * (gets - len(items)) + [[item] for item in items]
            assert outcome.value == expected, (
                f"{items} in the buffer, {gets} gets and a close: the gets gave {outcome.value}, expected {expected}"
            )


def put_beside_close_and_rest(kata, items):
    """A put, and somebody who closes and takes out all that is left; what is there after that has slipped in."""
    buffer = filled(kata, 1, items)

    def close_and_drain():
        buffer.close()
        return drained(kata, buffer)

    ending, rest = together((putting(kata, buffer), 7), close_and_drain)
    return [ending, rest, drained(kata, buffer)]


def test_no_put_slips_in_after_close(explore):
    for items in ([], [1]):
        for outcome in explore(put_beside_close_and_rest, items):
            ending, rest, late = outcome.value
            assert not late, "RACE-CHECK-ACT: put(7) slipped in after the buffer had been closed and emptied"
            assert not (items and ending == "done"), (
                "RACE-CHECK-ACT: a put that waited at the time of close went in when a later get made room"
            )
            assert_delivered({"7": ending}, rest)


def two_puts_a_get_and_close(kata):
    buffer = filled(kata, 1, [1])
    put = putting(kata, buffer)

    def get_and_close():
        item = buffer.get()
        buffer.close()
        return item

    *endings, item = together((put, 7), (put, 8), get_and_close)
    return [endings, item, drained(kata, buffer)]


def test_there_is_never_more_in_it_than_its_capacity(explore):
    for outcome in explore(two_puts_a_get_and_close, budget=ENOUGH):
        endings, item, left = outcome.value
        assert len(left) <= 1, f"a buffer with room for one held {left}"
        assert item == 1, f"1 lay in the buffer, {item} came out first"
        assert_delivered(dict(zip("78", endings, strict=True)), left)


def puts_beside_a_get(kata):
    """A get, and somebody who puts two items, closes and takes out what lies there at that moment."""
    buffer = kata.BoundedBuffer(1)

    def put_close_and_drain():
        buffer.put(7)
        buffer.put(8)
        buffer.close()
        return drained(kata, buffer)

    return together(getting(kata, buffer), put_close_and_drain)


def test_a_waiting_get_is_no_room(explore):
    for outcome in explore(puts_beside_a_get):
        got, left = outcome.value
        assert len(left) <= 1, f"CONTRACT: a get waited at a buffer with room for one, and two puts made it hold {left}"
        assert [got, left] == [[7], [8]], f"7 and 8 went in: get gave {got}, and after close {left} came out"


def put_get_and_close(kata):
    buffer = kata.BoundedBuffer(1)
    ending, got, _ = together((putting(kata, buffer), 7), getting(kata, buffer), buffer.close)
    return [ending, got, drained(kata, buffer)]


def test_put_get_and_close_at_once(explore):
    for outcome in explore(put_get_and_close):
        ending, got, left = outcome.value
        assert_delivered({"7": ending}, left + [item for item in got if got != "Closed"])
        assert got != "Closed" or not left, "put(7) returned, get raised Closed, and 7 is still in the buffer"


def two_closes(kata):
    buffer = kata.BoundedBuffer(1)
    return together(getting(kata, buffer), buffer.close, buffer.close)[0]


def test_two_threads_may_close_at_once(explore):
    for outcome in explore(two_closes):
        assert outcome.value == "Closed", f"get from an empty buffer gave {outcome.value}, two threads had closed it"


# ---------------------------------------------------------------------------------------------- no spinning


def waits_for_somebody(kata, items, operation, *arguments):
    """A call that has to wait, and somebody who ends its wait."""
    buffer = filled(kata, 1, items)
    release = buffer.get if items else (buffer.put, 1)
    return bool(together((getattr(buffer, operation), *arguments), release))


def test_waiting_is_not_running_in_circles(explore):
    for items, what in (([], ["get"]), ([1], ["put", 2])):
        state = "a full" if items else "an empty"
        spins = f"BUSY-WAIT: {what[0]} of {state} buffer looks at it again and again while nothing happens"
        for outcome in explore(waits_for_somebody, items, *what, spins=spins):
            assert outcome.value, f"{what[0]} of {state} buffer, and somebody who ends its wait"


def test_a_wait_that_ends_by_itself_is_taken_up_again(explore):
    for outcome in explore(hand_over, 1, [1, 2], budget=ENOUGH, any_wakeup=True):
        assert outcome.value == [1, 2], f"[1, 2] went in, {outcome.value} came out after a wait without a notify"
