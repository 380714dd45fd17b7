# wrong: white space at the ends of the result is lost -> failed CONTRACT
import os, sys, traceback
class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(exit_code); self.exit_code = exit_code

def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(r)
            data = job()
            with open(w, "wb") as f: f.write(data)
            code = 0
        except SystemExit as e:
            code = e.code if isinstance(e.code,int) else int(e.code is not None)
        except BaseException:
            os.write(2, traceback.format_exc().encode())
        finally:
            pass
            os._exit(code)
    os.close(w)
    with open(r, "rb") as f: result = f.read()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code: raise ChildFailed(code)
    return result.strip()
