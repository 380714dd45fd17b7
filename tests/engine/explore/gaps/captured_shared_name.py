# captured shared name
class Box:
    value = 1


box, shared, other = Box(), [], []


latest = None


def run():
    global latest
    match shared:
        case [latest]:
            pass
