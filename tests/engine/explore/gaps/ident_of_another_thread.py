# ident of another thread
import threading

thread = threading.Thread(target=print)


def run():
    return thread.ident
