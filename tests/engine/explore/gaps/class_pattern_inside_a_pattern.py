# class pattern inside a pattern
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    match [box]:
        case [Box(value=1)]:
            shared.append(1)
