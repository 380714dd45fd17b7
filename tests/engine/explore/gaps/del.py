# __del__
class Box:
    def __del__(self):
        closed.append(1)


closed = []


def run():
    Box()
