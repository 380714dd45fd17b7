# getattr or its like under another name
class Box:
    value = 1


box, shared, other = Box(), [], []


look = getattr


def run():
    return look(box, "value")
