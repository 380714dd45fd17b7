"""Checks of threads/lock_order: every transfer ends, no money is made or lost, disjoint transfers never wait."""

import contextlib
import functools
import itertools
import threading

from dojo import together

HELD_UP = "OVER-SYNCHRONISED: a transfer had to wait for a transfer between two quite different accounts"
BEHIND = (
    "OVER-SYNCHRONISED: a transfer waits for a busy account, and a transfer between two other accounts waits behind it"
)
SAME_HASH = 2**61
"""An account number with the hash of 1."""
SAME_DIGITS = 1 + 36_036_000
"""An account number with the last digits of 1, and the same remainder for every divisor up to 16, and 20, 25, 32."""
ENOUGH = 300
"""Designs that wait in order need ten executions at most; those that try, back off and try again find no end."""


def noting(kata, call):
    """`call`, but it returns in one word how it ended."""

    @functools.wraps(call)
    def noted(*arguments):
        try:
            call(*arguments)
        except kata.InsufficientFunds:
            return "InsufficientFunds"
        return "returned"

    return noted


def state(*accounts):
    """The balances, and the numbers of the accounts whose locks are still held."""
    return [
        [account.balance for account in accounts],
        [account.number for account in accounts if account.lock.locked()],
    ]


def assert_state(observed, expected, what):
    balances, held = observed
    assert balances == expected, f"{what}: the accounts hold {balances}, expected {expected}"
    assert not held, f"LOCK-NOT-RELEASED: {what}: the lock of account {held[0]} is still held afterwards"


def opposite_transfers(kata, first, second):
    one, other = kata.Account(first, 100), kata.Account(second, 100)
    together((kata.transfer, one, other, 10), (kata.transfer, other, one, 30))
    return state(one, other)


def test_opposite_transfers_end(explore):
    for first, second in ((2, 1), (1, SAME_HASH), (1, SAME_DIGITS)):
        for outcome in explore(opposite_transfers, first, second, budget=ENOUGH):
            assert_state(outcome.value, [120, 80], "10 one way and 30 the other way, 100 in each account")


def without_order_in_a_set(accounts):
    """Two of them that a set hands out in the order in which it got them; the first two if there are none."""
    with contextlib.suppress(TypeError):
        for one, other in itertools.combinations(accounts, 2):
            if [*{one, other}] != [*{other, one}]:
                return one, other
    return accounts[:2]


def opposite_transfers_of_a_set(kata):
    one, other = without_order_in_a_set([kata.Account(number, 100) for number in range(1, 101)])
    together((kata.transfer, one, other, 10), (kata.transfer, other, one, 30))
    return state(one, other)


def test_opposite_transfers_between_any_two_of_many_end(explore):
    for outcome in explore(opposite_transfers_of_a_set, budget=ENOUGH):
        assert_state(outcome.value, [120, 80], "10 one way and 30 the other way, 100 in each account")


def transfers_in_a_ring(kata):
    one, two, three = (kata.Account(number, 100) for number in (1, 2, 3))
    together((kata.transfer, one, two, 1), (kata.transfer, two, three, 10), (kata.transfer, three, one, 50))
    return state(one, two, three)


def test_transfers_in_a_ring_end(explore):
    for outcome in explore(transfers_in_a_ring, budget=ENOUGH):
        assert_state(outcome.value, [149, 91, 60], "1, 10 and 50 moved round a ring of three accounts with 100 each")


def transfer_to_itself(kata):
    account = kata.Account(1, 100)
    together((kata.transfer, account, account, 30))
    return state(account)


def test_a_transfer_to_the_same_account_changes_nothing(explore):
    for outcome in explore(transfer_to_itself):
        assert_state(outcome.value, [100], "30 moved from an account with 100 to itself")


def same_direction(kata, opening, first, second):
    source, target = kata.Account(1, opening), kata.Account(2, 0)
    transfer = noting(kata, kata.transfer)
    endings = together((transfer, source, target, first), (transfer, source, target, second))
    return [sorted(endings), state(source, target)]


def test_no_money_is_made_or_lost(explore):
    for outcome in explore(same_direction, 100, 20, 50):
        endings, after = outcome.value
        assert_state(after, [30, 70], "20 and 50 moved from 100 to an empty account")
        assert endings == ["returned"] * 2, f"100 covers transfers of 20 and 50, but they ended so: {endings}"


def test_two_transfers_never_overdraw(explore):
    for outcome in explore(same_direction, 100, 60, 60):
        endings, after = outcome.value
        balance = after[0][0]
        assert balance >= 0, f"two transfers of 60 from 100 left {balance}: the balance went below zero"
        assert_state(after, [40, 60], "two transfers of 60 from 100, of which one was to be refused")
        assert endings == ["InsufficientFunds", "returned"], f"two transfers of 60 from 100 ended so: {endings}"


def refused_then_used(kata, amount):
    source, target = kata.Account(1, 100), kata.Account(2, 100)
    transfer = noting(kata, kata.transfer)
    refused = together((transfer, source, target, amount))[0]
    after = state(source, target)
    together((transfer, target, source, 5))
    together((transfer, source, target, 1))
    return [refused, after, state(source, target)]


def test_a_refused_transfer_changes_nothing(explore):
    for outcome in explore(refused_then_used, 101):
        refused, after, later = outcome.value
        assert refused == "InsufficientFunds", f"a transfer of 101 from 100 {refused}, expected InsufficientFunds"
        assert_state(after, [100, 100], "a transfer of 101 from 100 was refused")
        assert_state(later, [104, 96], "a transfer was refused, then 5 moved back and 1 forth")


def test_the_whole_balance_may_be_moved(explore):
    for outcome in explore(refused_then_used, 100):
        refused, after, _ = outcome.value
        assert refused == "returned", f"a transfer of 100 from 100 raised {refused}"
        assert_state(after, [0, 200], "100 moved from 100 to 100")


def seen_beside_a_refusal(kata):
    source, target = kata.Account(1, 100), kata.Account(2, 100)

    def read_balance():
        return source.balance

    return together(read_balance, (noting(kata, kata.transfer), source, target, 300))[0]


def test_no_balance_is_ever_below_zero(explore):
    for outcome in explore(seen_beside_a_refusal):
        seen = outcome.value
        assert seen >= 0, f"RACE-TORN-READ: while 300 from 100 was being refused, the source had a balance of {seen}"


# -------------------------------------------------------------------------------------------------- total


# Numbers and balances of two accounts: an order by the text, the last digits or the hash of a number, or by what an
# account holds, is another one than that of the numbers.
TWO_ACCOUNTS = [
    ([1, 2], [100, 100]),
    ([1, 2], [50, 150]),
    ([9, 10], [150, 50]),
    ([2, 101], [100, 100]),
    ([3, 2**61], [100, 100]),
]


def total_beside_a_transfer(kata, numbers, balances, backwards):
    one, other = map(kata.Account, numbers, balances)
    accounts = [other, one] if backwards else [one, other]
    seen, _ = together((kata.total, accounts), (kata.transfer, one, other, 30))
    return [seen, state(one, other)]


def test_total_never_sees_a_transfer_half_done(explore):
    for (numbers, balances), backwards in itertools.product(TWO_ACCOUNTS, (False, True)):
        for outcome in explore(total_beside_a_transfer, numbers, balances, backwards, budget=ENOUGH):
            seen, after = outcome.value
            missing = f"RACE-TORN-READ: two accounts hold 200 together, total saw {seen} while 30 were on their way"
            assert seen == 200, missing
            assert_state(after, [balances[0] - 30, balances[1] + 30], "30 moved beside a total")


def total_of_more_beside_a_transfer(kata, count, source, target):
    """From one account to a later one: who counts one after the other meets the money twice, or not at all."""
    accounts = [kata.Account(number, 100) for number in range(1, count + 1)]
    seen, _ = together((kata.total, accounts), (kata.transfer, accounts[source], accounts[target], 30))
    return [seen, state(*accounts)]


def test_total_of_more_never_sees_a_transfer_half_done(explore):
    for balances, source, target in (([70, 100, 130], 0, 2), ([100, 100, 70, 130], 2, 3)):
        count = len(balances)
        for outcome in explore(total_of_more_beside_a_transfer, count, source, target, budget=ENOUGH):
            seen, after = outcome.value
            assert seen == 100 * count, (
                f"RACE-TORN-READ: {count} accounts hold {100 * count} together, total saw {seen} meanwhile"
            )
            assert_state(after, balances, "30 moved beside a total")


def two_totals(kata):
    one, other = kata.Account(1, 10), kata.Account(2, 20)
    seen = together((kata.total, [one, other]), (kata.total, [other, one]))
    return [seen, state(one, other)]


def test_two_totals_in_opposite_orders_end(explore):
    for outcome in explore(two_totals, budget=ENOUGH):
        seen, after = outcome.value
        assert seen == [30, 30], f"accounts of 10 and 20: two totals say {seen}"
        assert_state(after, [10, 20], "two totals")


def totals_of_iterables(kata):
    accounts = [kata.Account(number, 10 * number) for number in (3, 1, 2)]
    generated = kata.total(account for account in accounts)
    return [generated, kata.total(iter(())), kata.total(tuple(accounts[:1])), state(*accounts)]


def test_total_takes_any_iterable(explore):
    for outcome in explore(totals_of_iterables):
        generated, empty, single, after = outcome.value
        assert generated == 60, f"a generator of accounts with 30, 10 and 20: total is {generated}, expected 60"
        assert empty == 0, f"no accounts at all: total is {empty}, expected 0"
        assert single == 30, f"a tuple of one account with 30: total is {single}"
        assert_state(after, [30, 10, 20], "some totals")


# ------------------------------------------------------------------------------------------- independence


def slow_account(kata, number, uses, go_on):
    """An account that waits for `go_on` when one of its attributes is read for the n-th time."""
    left = []

    class Slow(kata.Account):
        def __getattribute__(self, name):
            if left and name in ("number", "balance", "lock"):
                left[0] -= 1
                if left[0] == 0:
                    go_on.wait()
            return object.__getattribute__(self, name)

    account = Slow(number, 100)
    # Only from here on: an account may read its own attributes while it is made.
    left.append(uses)
    return account


def disjoint_transfers(kata, uses):
    """One transfer is held in the middle; meanwhile money is moved between two others, and once refused."""
    done = threading.Event()
    source, target = slow_account(kata, 1, uses, done), kata.Account(2, 100)
    others = [kata.Account(3, 100), kata.Account(4, 100)]
    transfer = noting(kata, kata.transfer)

    def move_elsewhere():
        transfer(*others, 5)
        transfer(*others, 1000)
        done.set()

    together((transfer, source, target, 30), move_elsewhere)
    return state(source, target, *others)


def test_disjoint_transfers_never_wait_for_each_other(explore):
    for uses in range(1, 8):
        for outcome in explore(disjoint_transfers, uses, stuck=HELD_UP):
            assert_state(outcome.value, [70, 130, 95, 105], "30 moved between two accounts, 5 between two others")


def transfers_between_many(kata):
    """So many accounts that a lock shared by some of them must be shared with one of the first two."""
    accounts = [kata.Account(number, 100) for number in range(1, 37)]
    transfer = noting(kata, kata.transfer)

    def move_elsewhere():
        transfer(accounts[2], accounts[3], 1000)
        for one, other in zip(accounts[2::2], accounts[3::2], strict=True):
            transfer(one, other, 5)

    def move_here():
        transfer(accounts[0], accounts[1], 30)
        transfer(accounts[0], accounts[1], 1000)

    together(move_here, move_elsewhere)
    return state(*accounts)


def test_disjoint_transfers_wait_for_each_other_not_even_for_a_moment(explore):
    for outcome in explore(transfers_between_many, waits=HELD_UP, budget=ENOUGH):
        assert_state(outcome.value, [70, 130, *[95, 105] * 17], "30 moved between two accounts, 5 between many others")


def transfer_behind_a_waiting_one(kata):
    """One transfer holds its accounts, a second one waits for one of them: a third has nothing to do with either."""
    done = threading.Event()
    busy, free, *others = (kata.Account(number, 100) for number in (1, 2, 3, 4))

    def hold_busy():
        with busy.lock:
            done.wait()

    def move_elsewhere():
        kata.transfer(*others, 5)
        done.set()

    together(hold_busy, (kata.transfer, free, busy, 30), move_elsewhere)
    return state(busy, free, *others)


def test_nobody_queues_behind_a_waiting_transfer(explore):
    for outcome in explore(transfer_behind_a_waiting_one, stuck=BEHIND, budget=ENOUGH):
        assert_state(outcome.value, [130, 70, 95, 105], "30 moved between two accounts, 5 between two others")
