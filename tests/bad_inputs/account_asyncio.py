import asyncio


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        async def add():
            self._balance += amount

        asyncio.run(add())

    def withdraw(self, amount):
        self.deposit(-amount)
