# method called on its class
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    list.append(shared, 1)
