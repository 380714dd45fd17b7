# value pattern
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    box.value = 2
    match 1:
        case box.value:
            shared.append(1)
