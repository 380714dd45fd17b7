# containers inside a container
class Box:
    value = 1


box, shared, other = Box(), [], []


rows = [[1], [2]]


def run():
    return str(rows)
