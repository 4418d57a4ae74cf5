# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured: how each is started, and what it can be asked."""
import contextlib
import json
import os
import re
import signal
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIGURATION = """\
limits:
  calls: 20000
  connections_per_source: 20000
  event_loops: 1
routes:
"""
ROUTE = """\
  - path: /{name}/{dialect}
    dialect: {dialect}
    authentication: {{none: true}}
    bot: {bot}
    executor: {executor}
"""
# Name of the route: bot and executor.
BOTS = {"stage": ("echo", "pool"), "task-loop": ("echo-task", "event-loop"), "task-pool": ("echo-task", "pool")}


class Server:
    """A running server; all are pinned to the first core, so that the load has the others."""

    def __init__(self, words, log, path="/", expect="echo", environment=None):
        self.path, self.expect, self.log = path, expect, log
        self.output = open(log, "w")
        self.process = subprocess.Popen(
            ["taskset", "-c", "0", *words], stdout=subprocess.PIPE, stderr=self.output, text=True,
            env=dict(os.environ, **(environment or {})),
        )
        self.url = None
        for line in self.process.stdout:
            found = re.match(r"listening on (\S+)", line)
            if found:
                self.url = found[1] + path
                break
        if self.url is None:
            raise RuntimeError(f"{words[0]} did not start; see {log}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.output.close()

    def memory(self):
        """Resident memory in KiB."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def load(self, program, calls, seconds, *options, threads=1):
        """Runs the load tool against it and gives its report."""
        words = self.load_words(program, calls, seconds, options, threads)
        done = subprocess.run(words, capture_output=True, text=True)
        return self.report(done.stdout, done.stderr)

    def load_words(self, program, calls, seconds, options, threads=1):
        """The load tool's command line."""
        cores = os.cpu_count() or 1
        pin = ["taskset", "-c", f"1-{cores - 1}"] if cores > 1 else []
        words = [
            *pin, program, "load", self.url, "--json", "--insecure", "--pid", str(self.process.pid), "--calls", str(calls),
            "--for", str(seconds), "--threads", str(threads),
        ]
        if "--expect" not in options:
            words += ["--expect", self.expect]
        if "--rate" not in options:
            words += ["--rate", "400"]
        return [*words, *options]

    @staticmethod
    def report(output, errors):
        """What the load tool printed."""
        if not output.startswith("{"):
            raise RuntimeError(f"the load tool says: {errors.strip()}")
        return json.loads(output)

    @contextlib.contextmanager
    def silent_calls(self, program, calls, dialect):
        """Calls that are up and say nothing, beside those that are measured; fails unless all came about and stayed."""
        if not calls:
            yield
            return
        rate = 500
        words = self.load_words(program, calls, 600, ("--dialect", dialect, "--idle", "--rate", str(rate), "--expect", "anything"))
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            time.sleep(calls / rate + 2)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        found = self.report(output, errors)
        if found["calls"] < calls or found["calls_failed"]:
            raise RuntimeError(f"{found['calls']} of {calls} silent calls were up, {found['calls_failed']} failed: {found['failures']}")


class Servers:
    """Starts servers by name."""

    def __init__(self, program, folder, python, echo):
        self.program, self.folder, self.python, self.echo = program, folder, python, echo
        self.certificate, self.key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
        if not os.path.exists(self.certificate):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                 "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                 "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)
        self.configuration = os.path.join(folder, "server.yaml")
        with open(self.configuration, "w") as out:
            out.write(CONFIGURATION)
            for name, (bot, executor) in BOTS.items():
                for dialect in ("twilio", "ivr-solutions"):
                    out.write(ROUTE.format(name=name, dialect=dialect, bot=bot, executor=executor))

    def start(self, name, dialect="twilio", tls=False):
        log = os.path.join(self.folder, re.sub(r"\W+", "-", name) + ".log")
        pair = [self.certificate, self.key] if tls else []
        if name in ("C echo", "C echo, read-ahead"):
            return Server([self.echo, "0", *pair, *(["ahead"] if "ahead" in name else [])], log, expect="mirror")
        if name == "websockets":
            return Server([self.python, f"{HERE}/peer_websockets.py", "0", *pair], log)
        if name == "ws":
            return Server(["node", f"{HERE}/peer_ws.js", "0", *pair], log, environment={"NODE_PATH": "/usr/share/nodejs"})
        if name == "pipecat":
            return Server([self.python, f"{HERE}/peer_pipecat.py", "0"], log)
        bot = name.split()[-1]
        if bot not in BOTS:
            raise ValueError(f"there is no server '{name}'")
        words = [self.program, "serve", "--config", self.configuration, "--port", "0", "--admin-port", "0"]
        words += ["--tls-certificate", self.certificate, "--tls-key", self.key] if tls else ["--plain"]
        return Server(words, log, path=f"/{bot}/{dialect}")


def ledger(log):
    """Samples that the server's ledgers say were received and sent, summed over its calls; None without such lines."""
    received = sent = calls = 0
    for line in open(log, errors="replace"):
        try:
            fields = json.loads(line)
        except ValueError:
            continue
        if fields.get("message") == "call ended" and "received" in fields:
            received += int(fields["received"])
            sent += int(fields["sent"])
            calls += 1
    return (calls, received, sent) if calls else None


def settle(seconds):
    """Lets a machine come to rest between two servers."""
    time.sleep(seconds)
