# __dict__ that is kept
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    fields = vars(box)
    fields["value"] = 1
