# right: requests go through a queue to an owner thread, which each caller starts and joins
import queue
import threading
from concurrent.futures import Future


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._requests = queue.SimpleQueue()
        self._owner = threading.Lock()

    @property
    def balance(self):
        return self._balance

    def _serve_one(self):
        with self._owner:
            change, reply = self._requests.get()
            if self._balance + change < 0:
                reply.set_exception(InsufficientFunds())
            else:
                self._balance += change
                reply.set_result(None)

    def _request(self, change):
        reply = Future()
        self._requests.put((change, reply))
        owner = threading.Thread(target=self._serve_one)
        owner.start()
        owner.join()
        reply.result()

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._request(amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._request(-amount)
