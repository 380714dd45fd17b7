# containers inside a container
class Box:
    value = 1


box, shared, other = Box(), [], []


both = (1, (shared, other))


def run():
    return repr(both)
