"""Checks of threads/request_context: a user for each thread, put back on every way out, and nothing kept."""

import collections
import contextlib
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

from dojo import together

NOT_CONCURRENT = "NOT-CONCURRENT: two requests in two threads wait for each other for ever: they do not run at once"


class Stop(BaseException):
    """No Exception: only `finally` and `except BaseException` see it."""


ERRORS = {error.__name__: error for error in (ValueError, LookupError, Stop)}


class User(str):
    """A user to which there can be a weak reference."""


def user_of(context):
    """What current_user gives, as text: "'ada'" for a user, or the name of the exception that it raises."""
    try:
        user = context.current_user()
    except LookupError:
        return "LookupError"
    except Exception as error:
        return type(error).__name__
    return repr(str(user)) if isinstance(user, str) else f"a {type(user).__name__}"


# ------------------------------------------------------------------------------------------ one request


def one_request(kata):
    context, result = kata.RequestContext(), object()
    seen = []

    def work():
        seen.append(user_of(context))
        return result

    return [seen is not None and context.handle("ada", work) is result, *seen]


def test_work_sees_the_user_and_its_result_comes_back(explore):
    for outcome in explore(one_request):
        comes_back, *seen = outcome.value
        assert seen == ["'ada'"], f"work ran for 'ada', and current_user in it: {seen}"
        assert comes_back, "handle did not return what work returned"


def before_any_request(kata):
    return user_of(kata.RequestContext())


def test_nobody_is_current_before_the_first_request(explore):
    for outcome in explore(before_any_request):
        assert outcome.value == "LookupError", f"before any request current_user gave {outcome.value}, not LookupError"


# ------------------------------------------------------------------------------------------ two threads


def two_requests(kata, names):
    context = kata.RequestContext()
    seen = {"ada": [], "bob": []}

    def serve(user):
        context.handle(user, lambda: seen[user].append(user_of(context)))

    threads = [threading.Thread(target=serve, args=(user,), name=name) for user, name in zip(seen, names, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seen["ada"], seen["bob"]]


def test_two_threads_see_their_own_users(explore):
    for outcome in explore(two_requests, ["one", "two"]):
        for user, seen in zip(("ada", "bob"), outcome.value, strict=True):
            assert seen == [repr(user)], (
                f"LOCAL-WRONG-THREAD: the thread that works for '{user}' saw {seen[0]}, not '{user}'"
            )


def test_two_threads_of_the_same_name_see_their_own_users(explore):
    for outcome in explore(two_requests, ["worker", "worker"]):
        for user, seen in zip(("ada", "bob"), outcome.value, strict=True):
            message = f"LOCAL-WRONG-THREAD: two threads have the same name: the one working for '{user}' saw {seen[0]}"
            assert seen == [repr(user)], message


def one_thread_after_another(kata):
    """The second thread usually gets the ident of the first, which has ended."""
    context = kata.RequestContext()
    together((context.handle, "ada", lambda: user_of(context)))
    return together((user_of, context))[0]


def test_a_new_thread_sees_nothing_of_a_finished_one(explore):
    for outcome in explore(one_thread_after_another):
        assert outcome.value == "LookupError", (
            f"LOCAL-LEAK: a thread served 'ada' and ended; a new one, with the same ident, saw {outcome.value}"
        )


def beside_a_request(kata):
    context = kata.RequestContext()
    return together((context.handle, "ada", lambda: user_of(context)), (user_of, context))


def test_a_thread_without_a_request_has_no_user(explore):
    for outcome in explore(beside_a_request):
        inside, outside = outcome.value
        assert outside == "LookupError", (
            f"LOCAL-WRONG-THREAD: a thread without a request saw {outside}, not LookupError"
        )
        assert inside == "'ada'", f"LOCAL-WRONG-THREAD: the thread that works for 'ada' saw {inside}"


def inside_a_request(kata):
    context = kata.RequestContext()
    return context.handle("ada", lambda: together((user_of, context))[0])


def test_a_thread_started_by_work_has_no_user_of_its_own(explore):
    for outcome in explore(inside_a_request):
        assert outcome.value == "LookupError", (
            f"LOCAL-WRONG-THREAD: work for 'ada' started a thread; it saw {outcome.value}, not LookupError"
        )


def one_user_twice(kata):
    context = kata.RequestContext()
    ask = (context.handle, "ada", lambda: [user_of(context), user_of(context)])
    return [*together(ask, ask), user_of(context)]


def test_two_threads_may_work_for_the_same_user(explore):
    for outcome in explore(one_user_twice):
        *seen, after = outcome.value
        assert seen == [["'ada'"] * 2] * 2, f"two threads worked for 'ada' at once: they saw {seen[0]} and {seen[1]}"
        assert after == "LookupError", f"LOCAL-LEAK: both requests of 'ada' are over: current_user gave {after}"


def two_works_meet(kata):
    context = kata.RequestContext()
    here, there = threading.Event(), threading.Event()

    def meet(mine, other):
        mine.set()
        other.wait()
        return user_of(context)

    return together(
        (context.handle, "ada", lambda: meet(here, there)),
        (context.handle, "bob", lambda: meet(there, here)),
    )


def test_requests_in_two_threads_run_at_the_same_time(explore):
    for outcome in explore(two_works_meet, stuck=NOT_CONCURRENT):
        for user, seen in zip(("ada", "bob"), outcome.value, strict=True):
            assert seen == repr(user), f"LOCAL-WRONG-THREAD: two requests met, the one of '{user}' saw {seen}"


# ----------------------------------------------------------------------- what is there after a request


def a_thread_of_a_pool(kata):
    context = kata.RequestContext()

    def next_request():
        return [user_of(context), context.handle("bob", lambda: user_of(context)), user_of(context)]

    with ThreadPoolExecutor(max_workers=1) as pool:
        first = pool.submit(context.handle, "ada", lambda: user_of(context))
        second = pool.submit(next_request)
    return [first.result(), *second.result()]


def test_a_thread_of_a_pool_forgets_the_last_request(explore):
    for outcome in explore(a_thread_of_a_pool):
        first, between, second, after = outcome.value
        assert [first, second] == ["'ada'", "'bob'"], (
            f"a pool's thread worked for 'ada', then 'bob', and saw {first}, {second}"
        )
        for served, seen in (("ada", between), ("bob", after)):
            assert seen == "LookupError", (
                f"LOCAL-LEAK: a pool's thread has served '{served}', and between requests saw {seen}"
            )


def work_raises(kata, error):
    context = kata.RequestContext()
    problem = ERRORS[error]("no milk")

    def work():
        raise problem

    try:
        context.handle("ada", work)
    except (Exception, Stop) as caught:
        return [caught is problem, user_of(context)]
    return [False, user_of(context)]


def test_the_user_is_gone_after_an_exception(explore):
    for error in ERRORS:
        for outcome in explore(work_raises, error):
            comes_out, after = outcome.value
            assert comes_out, f"EXCEPTION-LOST: work raised {error}, and handle did not raise it"
            assert after == "LookupError", (
                f"LOCAL-LEAK: the request of 'ada' ended by {error}, and current_user gave {after}"
            )


def nested(kata, *users):
    """A request in a request in a request: the user before and after each inner one."""
    context = kata.RequestContext()

    def work(inner):
        seen = [user_of(context)]
        if inner:
            seen += [*context.handle(inner[0], lambda: work(inner[1:])), user_of(context)]
        return seen

    return [*context.handle(users[0], lambda: work(users[1:])), user_of(context)]


def test_a_request_inside_another_puts_the_outer_user_back(explore):
    for outcome in explore(nested, "ada", "bob"):
        *seen, back, after = outcome.value
        assert seen == ["'ada'", "'bob'"], f"'bob' was served inside the request of 'ada': they saw {seen}"
        assert back == "'ada'", (
            f"LOCAL-LEAK: 'bob' was served inside the request of 'ada'; then current_user gave {back}"
        )
        assert after == "LookupError", (
            f"LOCAL-LEAK: both requests, one inside the other, are over: current_user gave {after}"
        )


def test_three_requests_inside_each_other(explore):
    expected = ["'ada'", "'bob'", "'cyd'", "'bob'", "'ada'", "LookupError"]
    for outcome in explore(nested, "ada", "bob", "cyd"):
        assert outcome.value == expected, (
            f"LOCAL-LEAK: 'ada', 'bob' and 'cyd', one inside the other, saw {outcome.value}"
        )


def test_one_user_twice_among_requests_inside_each_other(explore):
    expected = ["'ada'", "'bob'", "'ada'", "'bob'", "'ada'", "LookupError"]
    for outcome in explore(nested, "ada", "bob", "ada"):
        assert outcome.value == expected, (
            f"LOCAL-LEAK: 'ada', 'bob' and 'ada' again, one inside the other, saw {outcome.value}"
        )


def inner_work_raises(kata):
    context = kata.RequestContext()

    def fail():
        raise ValueError("no milk")

    def work():
        try:
            context.handle("bob", fail)
        except ValueError:
            return user_of(context)

    return context.handle("ada", work)


def test_the_outer_user_is_back_after_an_exception_inside(explore):
    for outcome in explore(inner_work_raises):
        seen = outcome.value
        assert seen == "'ada'", (
            f"LOCAL-LEAK: 'bob', inside the request of 'ada', ended by ValueError; then they saw {seen}"
        )


# ------------------------------------------------------------------------------- any user, any context


def test_the_empty_string_is_a_user(explore):
    expected = ["''", "'bob'", "''", "LookupError"]
    for outcome in explore(nested, "", "bob"):
        assert outcome.value == expected, f"'bob' was served inside the request of '': they saw {outcome.value}"
    for outcome in explore(nested, "ada", ""):
        assert outcome.value[1] == "''", f"a request of '' ran inside that of 'ada', and saw {outcome.value[1]}"


def two_contexts(kata):
    one, other = kata.RequestContext(), kata.RequestContext()
    alone = one.handle("ada", lambda: user_of(other))
    both = one.handle("ada", lambda: other.handle("bob", lambda: [user_of(one), user_of(other)]))
    return [alone, both]


def test_two_contexts_are_independent(explore):
    for outcome in explore(two_contexts):
        alone, both = outcome.value
        assert alone == "LookupError", (
            f"a request ran in one context, and another context gave {alone}, not LookupError"
        )
        assert both == ["'ada'", "'bob'"], f"one context works for 'ada', another for 'bob': they gave {both}"


# ------------------------------------------------------------------------------------ finished threads


def serve(context, user, what):
    """What the thread does: one request, one whose work raises, or no more than asking who is current."""
    if what == "asked":
        user_of(context)
    elif what == "served 'ada'":
        context.handle(user, list)
    else:
        with contextlib.suppress(ZeroDivisionError):
            context.handle(user, lambda: 1 // 0)


def after_a_thread(kata, what):
    """Which things of a thread that has ended are still there: its user, its Thread object, its ident, its name."""
    context = kata.RequestContext()
    user = User("ada")
    thread = threading.Thread(target=serve, args=(context, user, what), name="a name that no other thread has")
    entries = entries_of_caches(kata, context)
    thread.start()
    thread.join()
    left = {"its user": weakref.ref(user), "its Thread object": weakref.ref(thread)}
    ident, name = thread.ident, thread.name
    del user, thread
    gc.collect()
    kept = [what for what, still in left.items() if still() is not None]
    held = held_by(kata, context)
    cached = entries_of_caches(kata, context) > entries
    return kept + ["its ident"] * (ident in held) + ["its name"] * (name in held) + ["an entry in a cache"] * cached


def entries_of_caches(kata, context):
    """How much the caches of `functools` hold that the module, the class or the context has."""
    values = [*vars(kata).values(), *vars(kata.RequestContext).values(), *getattr(context, "__dict__", {}).values()]
    return sum(value.cache_info().currsize for value in values if hasattr(value, "cache_info"))


def held_by(kata, context):
    """Numbers and strings in containers that the context, its class or its module hold."""
    found, seen = set(), set()
    todo = [vars(kata), vars(kata.RequestContext), context]
    while todo:
        value = todo.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, (int, str)):
            found.add(value)
        elif isinstance(value, collections.abc.Mapping):
            todo += [*value.keys(), *value.values()] if value is not vars(kata) else value.values()
        elif isinstance(value, (list, tuple, set, frozenset, collections.deque)):
            todo += value
        elif type(value).__module__ == kata.RequestContext.__module__:
            todo += gc.get_referents(value)
    return found


def test_nothing_about_a_finished_thread_is_kept(explore):
    for what in ("served 'ada'", "served 'ada', whose work raised,", "asked"):
        for outcome in explore(after_a_thread, what):
            assert not outcome.value, (
                f"LOCAL-LEAK: a thread {what} and ended; of it is kept: {', '.join(outcome.value)}"
            )
