# memoryview
class Box:
    value = 1


box, shared, other = Box(), [], []


data = bytearray(1)


def run():
    memoryview(data)[0] = 1
