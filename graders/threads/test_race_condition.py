"""Checks of threads/race_condition: no update is lost, nothing goes below zero, every account stands for itself."""

import functools
import threading

from dojo import together

HELD_UP = "OVER-SYNCHRONISED: an operation on one account had to wait for an operation on another one"


def noting(kata, operation):
    """An operation of an account that returns, in one word, how it ended."""

    @functools.wraps(operation)
    def noted(amount):
        try:
            operation(amount)
        except kata.InsufficientFunds:
            return "InsufficientFunds"
        except ValueError:
            return "ValueError"
        return "returned"

    return noted


def two_deposits(kata, first, second):
    account = kata.Account()
    together((account.deposit, first), (account.deposit, second))
    return account.balance


def test_no_deposit_is_lost(explore):
    for outcome in explore(two_deposits, 20, 50):
        assert outcome.value == 70, f"two deposits ran, one vanished: balance is {outcome.value}, expected 70"


def deposit_and_withdrawal(kata, opening, amount_in, amount_out):
    account = kata.Account(opening)
    together((account.deposit, amount_in), (account.withdraw, amount_out))
    return account.balance


def test_a_deposit_and_a_withdrawal_both_count(explore):
    for outcome in explore(deposit_and_withdrawal, 100, 20, 50):
        kind = "deposit" if outcome.value == 50 else "withdrawal"
        message = f"a deposit and a withdrawal ran, the {kind} vanished: balance is {outcome.value}, expected 70"
        assert outcome.value == 70, message


def two_withdrawals(kata, opening, first, second):
    account = kata.Account(opening)
    endings = together((noting(kata, account.withdraw), first), (noting(kata, account.withdraw), second))
    return [account.balance, sorted(endings)]


def test_no_withdrawal_is_lost(explore):
    for outcome in explore(two_withdrawals, 100, 20, 50):
        balance, endings = outcome.value
        assert endings == ["returned"] * 2, f"100 covers withdrawals of 20 and 50, but they ended so: {endings}"
        assert balance == 30, f"two withdrawals ran, one vanished: balance is {balance}, expected 30"


def test_two_withdrawals_never_overdraw(explore):
    for outcome in explore(two_withdrawals, 100, 60, 60):
        balance, endings = outcome.value
        paid = endings.count("returned")
        assert balance >= 0, f"two withdrawals of 60 from 100 left {balance}: the balance went below zero"
        assert paid == 1, f"two withdrawals of 60 from 100: {paid} of them paid out, expected exactly 1"
        assert balance == 40, f"two withdrawals of 60 from 100, one was refused: balance is {balance}, expected 40"
        assert endings == ["InsufficientFunds", "returned"], (
            f"expected one InsufficientFunds, the withdrawals: {endings}"
        )


def three_deposits(kata):
    account = kata.Account(balance=1)
    together((account.deposit, 2), (account.deposit, 4), (account.deposit, 8))
    return account.balance


def test_three_threads_lose_nothing(explore):
    for outcome in explore(three_deposits):
        assert outcome.value == 15, f"1, and deposits of 2, 4 and 8: balance is {outcome.value}, expected 15"


def everything_withdrawn(kata):
    account = kata.Account(10)
    return [noting(kata, account.withdraw)(10), account.balance, kata.Account().balance]


def test_the_whole_balance_may_be_withdrawn(explore):
    for outcome in explore(everything_withdrawn):
        refused, balance, empty = outcome.value
        assert [refused, balance] == ["returned", 0], f"withdraw(10) from 10: {refused}, the balance is {balance}"
        assert empty == 0, f"a new account holds {empty}, expected 0"


def seen_beside_a_refusal(kata):
    account = kata.Account(10)

    def read_balance():
        return account.balance

    seen, refused = together(read_balance, (noting(kata, account.withdraw), 30))
    return [seen, refused, account.balance]


def test_a_refused_withdrawal_is_never_seen(explore):
    for outcome in explore(seen_beside_a_refusal):
        seen, refused, balance = outcome.value
        is_half_done = refused == "InsufficientFunds" and balance == 10
        code = "RACE-TORN-READ: " if is_half_done else ""
        assert seen >= 0, f"{code}during a withdrawal of 30 from 10 another thread read a balance of {seen}, below zero"
        assert refused == "InsufficientFunds", f"30 from 10: withdraw {refused}, expected InsufficientFunds"
        assert [seen, balance] == [10, 10], f"a refused withdrawal changed 10 to {seen}, then {balance}"


def seen_beside_traffic(kata):
    account = kata.Account()

    def read_balance():
        return account.balance

    def deposit_and_withdraw(amount):
        account.deposit(amount)
        account.withdraw(amount)

    return together(read_balance, (deposit_and_withdraw, 20))[0]


def test_the_balance_is_never_seen_below_zero(explore):
    for outcome in explore(seen_beside_traffic):
        seen = outcome.value
        assert seen >= 0, f"20 came in and went out again: another thread read a balance of {seen}, below zero"


def seen_beside_two_withdrawals(kata):
    account = kata.Account(10)
    withdraw = noting(kata, account.withdraw)

    def read_balance():
        return account.balance

    return together(read_balance, (withdraw, 10), (withdraw, 10))[0]


def test_a_third_thread_never_sees_it_below_zero(explore):
    for outcome in explore(seen_beside_two_withdrawals):
        assert outcome.value >= 0, f"two withdrawals of 10 from 10: a third thread read a balance of {outcome.value}"


def refused_then_used(kata, opening, operation, amount):
    account = kata.Account(opening)
    refused = together((noting(kata, getattr(account, operation)), amount))[0]
    used = together((noting(kata, account.deposit), 5), (noting(kata, account.withdraw), 3))
    return [refused, used, account.balance]


def assert_refused(explore, operation, amount, error):
    for outcome in explore(refused_then_used, 10, operation, amount):
        refused, used, balance = outcome.value
        assert refused == error, f"{operation}({amount}) with a balance of 10: {refused}, expected {error}"
        assert used == ["returned"] * 2, f"after a {error}, deposit(5) and withdraw(3) ended so: {used}"
        assert balance == 12, f"10, a refused {operation}({amount}), 5 in, 3 out: balance is {balance}, expected 12"


def test_the_account_is_usable_after_insufficient_funds(explore):
    assert_refused(explore, "withdraw", 11, "InsufficientFunds")


def test_the_account_is_usable_after_a_value_error(explore):
    for operation in ("deposit", "withdraw"):
        for amount in (0, -5):
            assert_refused(explore, operation, amount, "ValueError")


def refused_beside_a_deposit(kata):
    account = kata.Account()
    endings = together((noting(kata, account.withdraw), 30), (noting(kata, account.deposit), 20))
    return [endings, account.balance]


def test_a_deposit_beside_a_refusal_counts(explore):
    for outcome in explore(refused_beside_a_deposit):
        endings, balance = outcome.value
        assert endings == ["InsufficientFunds", "returned"], (
            f"withdraw(30) and deposit(20) with no money ended: {endings}"
        )
        assert balance == 20, f"20 came in beside a refused withdrawal: balance is {balance}, expected 20"


class Held(int):
    """An amount that is slow to use: at its n-th use in arithmetic or comparison it waits for `go_on`."""

    def __new__(cls, value, uses, go_on):
        held = super().__new__(cls, value)
        held.uses, held.go_on = uses, go_on
        return held


def _waits(name):
    plain = getattr(int, name)

    def operation(held, *others):
        held.uses -= 1
        if held.uses == 0:
            held.go_on.wait()
        return plain(held, *others)

    return operation


for _name in ("add", "radd", "sub", "rsub", "lt", "le", "gt", "ge", "eq", "ne", "neg", "bool"):
    setattr(Held, f"__{_name}__", _waits(f"__{_name}__"))
Held.__hash__ = int.__hash__


def two_accounts(kata, slow, operation, amount, uses):
    """One account is in the middle of an operation until everything that can be done with the other one is done."""
    done = threading.Event()
    held = {"the amount": amount, "the balance": 100}
    held[slow] = Held(held[slow], 0, done)
    one, other = kata.Account(held["the balance"]), kata.Account(100)
    held[slow].uses = uses

    def use_other():
        try:
            other.deposit(5)
            other.withdraw(3)
            noting(kata, other.withdraw)(1000)
            return other.balance
        finally:
            done.set()

    _, balance = together((noting(kata, getattr(one, operation)), held["the amount"]), use_other)
    return [int(one.balance), balance]


def test_two_accounts_never_wait_for_each_other(explore):
    for slow, operation, amount, expected, most in (
        ("the amount", "deposit", 20, 120, 3),
        ("the amount", "withdraw", 20, 80, 3),
        ("the amount", "withdraw", 1000, 100, 3),
        ("the balance", "deposit", 20, 120, 1),
        ("the balance", "withdraw", 20, 80, 1),
    ):
        for uses in range(1, most + 1):
            for outcome in explore(two_accounts, slow, operation, amount, uses, stuck=HELD_UP):
                message = (
                    f"two accounts of 100 were used at once: they hold {outcome.value}, expected {[expected, 102]}"
                )
                assert outcome.value == [expected, 102], message


def many_accounts(kata):
    """As above, with so many others that locks shared by some accounts must be shared with one of them."""
    done = threading.Event()
    one, *others = (kata.Account(100) for _ in range(40))

    def use_others():
        try:
            for other in others:
                other.deposit(5)
        finally:
            done.set()

    together((one.deposit, Held(20, 2, done)), use_others)
    return [one.balance, sum(other.balance for other in others)]


def test_forty_accounts_never_wait_for_each_other(explore):
    for outcome in explore(many_accounts, stuck=HELD_UP):
        assert outcome.value == [120, 39 * 105], (
            f"forty accounts of 100, deposits of 20 in one and of 5 in each other: they hold {outcome.value}"
        )
