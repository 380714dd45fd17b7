# wrong: the writer is killed once every value is handled -> failed CONTRACT
import multiprocessing as mp, os, time, sys
from multiprocessing.connection import wait

def write(q, values, told):
    for v in values: q.put((v,))
    q.put(None)
    told.send(True)

def read(q, handle, told):
    while True:
        item = q.get()
        if item is None: told.send(True)
        else:
            handle(item[0])
def relay(values, handle):
    q = mp.SimpleQueue()
    w1, w2 = mp.Pipe(False); r1, r2 = mp.Pipe(False)
    w = mp.Process(target=write, args=(q, values, w2)); r = mp.Process(target=read, args=(q, handle, r2))
    w.start(); r.start()
    ok = False
    try:
        wait([w1, w.sentinel, r.sentinel]); ok = w1.poll()
        if ok: wait([r1, r.sentinel]); ok = r1.poll()
    finally:
        w.kill()
        r.terminate(); w.join(); r.join()
    if not ok: raise RuntimeError("died")
