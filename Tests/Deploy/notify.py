# SPDX-License-Identifier: Apache-2.0
"""What `voicebridge serve` tells systemd, by a socket in the place of systemd's.

    notify.py VOICEBRIDGE HOME

A start, a reload, a reload of a bad file, beats, a program that is stopped and so beats no more, and an end.
"""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

from stage import Wrong

FILE = """
listen: {{port: 0, plain: true}}
admin: {{port: 0}}
limits: {{calls: {calls}}}
routes: [{{authentication: {{none: true}}, bot: echo}}]
"""


class Manager:
    """A datagram socket that is read as systemd reads it."""

    def __init__(self, path):
        path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.seen = []

    def wait(self, what, wanted, seconds=20):
        """The first message from now on of which `wanted` is true, as a dictionary."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.socket.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                text = self.socket.recv(4096).decode()
            except TimeoutError:
                break
            message = dict(line.split("=", 1) for line in text.splitlines())
            self.seen.append(message)
            if wanted(message):
                return message
        raise Wrong(f"{what} was not told within {seconds} s; the last was {self.seen[-3:]}")

    def drop(self):
        """Forgets what waits."""
        self.socket.setblocking(False)
        try:
            while self.socket.recv(4096):
                pass
        except BlockingIOError:
            pass


def check(program, home):
    home.mkdir(parents=True, exist_ok=True)
    file, path = home / "served.yaml", home / "notify"
    file.write_text(FILE.format(calls=10))
    manager = Manager(path)
    environment = dict(os.environ, NOTIFY_SOCKET=str(path), WATCHDOG_USEC="3000000")
    with open(home / "served.log", "w") as log:
        process = subprocess.Popen([program, "serve", "--config", str(file)], stdout=log, stderr=log, env=environment)
    try:
        manager.wait("READY=1", lambda message: message.get("READY") == "1")
        for _ in range(3):
            manager.wait("a beat", lambda message: message.get("WATCHDOG") == "1", 3)
        for calls, words in ((20, "0 calls"), ("none", "refused"), (30, "0 calls")):
            file.write_text(FILE.format(calls=calls))
            manager.drop()
            before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            process.send_signal(signal.SIGHUP)
            told = manager.wait("RELOADING=1", lambda message: message.get("RELOADING") == "1")
            if not before <= int(told["MONOTONIC_USEC"]) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000:
                raise Wrong(f"MONOTONIC_USEC is {told['MONOTONIC_USEC']}, and it was {before}")
            told = manager.wait("READY=1", lambda message: message.get("READY") == "1")
            if words not in told["STATUS"] or (calls != "none" and "refused" in told["STATUS"]):
                raise Wrong(f"the status after calls: {calls} is {told['STATUS']}")
        # Planted: a program in which nothing turns.
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        manager.drop()
        try:
            manager.wait("a beat", lambda message: message.get("WATCHDOG") == "1", 4)
            raise SystemExit("WRONG: planted, a program that stands still: it beats")
        except Wrong:
            print("planted: a program that stands still beats no more, and systemd would end it")
        process.send_signal(signal.SIGCONT)
        manager.wait("a beat", lambda message: message.get("WATCHDOG") == "1")
        process.send_signal(signal.SIGTERM)
        told = manager.wait("STOPPING=1", lambda message: message.get("STOPPING") == "1")
        if int(told["EXTEND_TIMEOUT_USEC"]) < 300_000_000:
            raise Wrong(f"the time to stop is {told['EXTEND_TIMEOUT_USEC']}")
        if process.wait(20):
            raise Wrong(f"it ended with status {process.returncode}")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
    print("systemd is told of the start, three reloads, one of them refused, beats, and the end")


if __name__ == "__main__":
    try:
        check(sys.argv[1], pathlib.Path(sys.argv[2]))
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")
