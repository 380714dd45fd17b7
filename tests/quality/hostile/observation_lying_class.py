"""The observation claims to be a str."""

EXPECT = "raised:NotPlainData"


class Liar:
    @property
    def __class__(self) -> type:
        return str


def scenario() -> object:
    return Liar()
