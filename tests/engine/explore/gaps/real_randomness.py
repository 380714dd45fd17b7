# real date or randomness
import uuid


def run():
    return uuid.uuid4() is not None
