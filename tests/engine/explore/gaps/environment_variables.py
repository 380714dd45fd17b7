# environment variables
import os


def run():
    os.environ["DOJO_COUNT"] = str(int(os.environ.get("DOJO_COUNT", "0")) + 1)
