# shared name of a handler
class Box:
    value = 1


latest = None
box, shared, other = Box(), [], []


def run():
    global latest
    try:
        shared.remove(1)
    except ValueError as latest:
        pass
