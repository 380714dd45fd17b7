"""`_thread` used directly: its handles, locks and hooks answer as the real ones of this version."""

from __future__ import annotations

import json
import sys
import textwrap

import pytest

from tests.engine.explore.exploring import ending

HANDLES = pytest.mark.skipif(sys.version_info < (3, 13), reason="handles came with 3.13")
SENTINELS = pytest.mark.skipif(sys.version_info >= (3, 13), reason="sentinels went with 3.13")


def real(body: str) -> str:
    """Run the body on the real modules, and return how it ends in the words of an exploration."""
    namespace: dict[str, object] = {}
    exec(f"import _thread\ndef scenario():\n{textwrap.indent(textwrap.dedent(body), '    ')}", namespace)
    try:
        return f"returned {json.dumps(namespace['scenario']())}"
    except Exception as error:
        return f"raised:{type(error).__name__} {error}"


def as_real(body: str) -> str:
    """Return how the body ends here, after holding that it ends so on the real modules too."""
    here = ending(f"import _thread\n{textwrap.dedent(body)}")
    assert here == real(body)
    return here


@HANDLES
@pytest.mark.parametrize(
    "body, said",
    [
        ("_thread._ThreadHandle().join()", "raised:RuntimeError thread not started"),
        ("_thread._ThreadHandle()._set_done()", "raised:RuntimeError thread not started"),
        ("return _thread._ThreadHandle().is_done()", "returned false"),
        ("return _thread._ThreadHandle().ident", "returned 0"),
        ("return repr(_thread._ThreadHandle())", 'returned "<_thread._ThreadHandle object: ident=0>"'),
        ("_thread.start_joinable_thread(7)", "raised:TypeError thread function must be callable"),
        ("_thread.start_joinable_thread(int, handle=7)", "raised:TypeError 'handle' must be a _ThreadHandle"),
        (
            "handle = _thread.start_joinable_thread(int); handle.join(); _thread.start_joinable_thread(int, handle)",
            "raised:RuntimeError thread already started",
        ),
        ("handle = _thread.start_joinable_thread(int); handle.join(); return handle.is_done()", "returned true"),
        (
            "handle = _thread.start_joinable_thread(int); handle.join(); handle._set_done(); return handle.is_done()",
            "returned true",
        ),
        (
            "handle = _thread.start_joinable_thread(int); handle.join(); handle._set_done(); return handle.join()",
            "returned null",
        ),
        (
            "handle = _thread._make_thread_handle(_thread.get_ident()); return handle.ident == _thread.get_ident()",
            "returned true",
        ),
    ],
)
def test_a_handle_answers_as_the_real_one(body, said):
    assert as_real(body) == said


@HANDLES
def test_a_thread_cannot_wait_for_its_own_handle():
    assert (
        as_real("""
        said, gate, done = [], _thread.allocate_lock(), _thread.allocate_lock()
        gate.acquire(); done.acquire()
        def work():
            gate.acquire()
            try:
                handle.join()
            except RuntimeError as error:
                said.append(str(error))
            done.release()
        handle = _thread.start_joinable_thread(work)
        gate.release(); done.acquire()
        return said
    """)
        == 'returned ["Cannot join current thread"]'
    )


@SENTINELS
@pytest.mark.parametrize("blocking, got", [("", "true"), ("blocking=False", "true"), ("timeout=1", "true")])
def test_a_sentinel_is_free_once_its_thread_has_ended(blocking, got):
    assert (
        ending(f"""
        import _thread
        sentinels = []
        def work():
            sentinels.append(_thread._set_sentinel())
            sentinels[0].acquire()
        together(work)
        return sentinels[0].acquire({blocking})
    """)
        == f"returned {got}"
    )


@pytest.mark.parametrize(
    "body, said",
    [
        ("_thread._excepthook(7)", "raised:TypeError _thread.excepthook argument type must be ExceptHookArgs"),
        ("_thread.RLock(1)", None),
        ("_thread.LockType(1)", None),
        ("_thread.RLock()._release_save()", "raised:RuntimeError cannot release un-acquired lock"),
        (
            "return repr(_thread.RLock()).partition(' at ')[0]",
            'returned "<unlocked _thread.RLock object owner=0 count=0"',
        ),
        ("return repr(_thread.allocate_lock()).partition(' at ')[0]", 'returned "<unlocked _thread.lock object"'),
        (
            "lock = _thread.allocate_lock(); lock.acquire(); return repr(lock).partition(' at ')[0]",
            'returned "<locked _thread.lock object"',
        ),
        (
            "lock = _thread.RLock(); lock.acquire(); lock.acquire(); return repr(lock).split()[-3]",
            'returned "count=2"',
        ),
        (
            "lock = _thread.allocate_lock(); lock.acquire(); lock._at_fork_reinit(); return lock.locked()",
            "returned false",
        ),
        (
            "lock = _thread.RLock(); lock.acquire(); lock._at_fork_reinit(); return lock._is_owned()",
            "returned false",
        ),
    ],
)
def test_the_module_answers_as_the_real_one(body, said):
    assert said in (None, as_real(body))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`_recursion_count` came with 3.12")
def test_an_rlock_tells_its_owner_how_often_it_is_taken():
    assert (
        as_real("""
        lock = _thread.RLock()
        before = lock._recursion_count()
        lock.acquire(); lock.acquire()
        return [before, lock._recursion_count()]
    """)
        == "returned [0, 2]"
    )
