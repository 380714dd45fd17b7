# class attribute under another name
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    kind = type(box)
    kind.value = 2
