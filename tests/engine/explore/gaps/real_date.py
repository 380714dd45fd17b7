# real date or randomness
import datetime


def run():
    return datetime.datetime.now() > datetime.datetime(2000, 1, 1)
