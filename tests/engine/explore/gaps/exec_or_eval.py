# exec or eval
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    exec("shared.append(1)", globals() and {"shared": shared})
