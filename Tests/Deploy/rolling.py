# SPDX-License-Identifier: Apache-2.0
"""A rolling restart of two servers behind each proxy of deploy/proxies, under calls: no call, no record and no webhook is lost.

    rolling.py VOICEBRIDGE HOME

Calls come and go all the while. Each server is told to stop, drains, is gone, and is started again, one after the other; the
endpoint of the first is down meanwhile, so that the spool it leaves is for its next life. Then all is counted, on the callers'
side, in the databases of both servers, and at the endpoint of webhooks: `balance.py` says what has to be equal. Then faults
are planted, in what was found and in how it is done, and must be seen.

Environment: CALLS, how many are up at a time behind HAProxy; 50 unless set. Behind the others it is a fifth of that.
"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import signal
import sys
import tempfile
import threading
import time

import balance
import endpoint
from notify import Manager
from stage import BEARER, Stage, Wrong, wait_for
from standstill import Standstill

CALLS = int(os.environ.get("CALLS", "50"))
FEW = max(8, CALLS // 5)
CALL_SECONDS = 4
# How long something stands still, where that is planted: more than a server holds against jitter.
STANDSTILL = 0.5
# In how many seconds a server that was started again has told what its spool holds.
PATIENCE = 45
ROWS = "SELECT call_id, stream_id, state, ended_by, end_reason, duration_ms, received_ms, sent_ms FROM call ORDER BY id"


class Drain(threading.Thread):
    """Asks a server that was told to stop what it says of itself, and for one more call."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.seen = server, []
        self.ready = self.refusal = None
        self.start()

    def ask(self, port, path, **headers):
        connection = http.client.HTTPConnection(self.server.host, port, timeout=5)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Retry-After")
        finally:
            connection.close()

    def run(self):
        try:
            wait_for("/readyz saying that the server drains", lambda: self.ask(self.server.admin, "/readyz")[0] != 200, 5)
            self.ready = self.ask(self.server.admin, "/readyz")
            self.refusal = self.ask(self.server.port, "/echo", **{
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Authorization": "Bearer sesame",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="})
        except (OSError, http.client.HTTPException, Wrong) as error:
            self.seen.append(f"{self.server.host}, while it drained: {error!r}")

    def faults(self):
        self.join(20)
        found = list(self.seen)
        if self.ready and (self.ready[0] != 503 or "draining" not in self.ready[1]):
            found.append(f"/readyz of {self.server.host} said {self.ready[:2]} while it drained")
        if self.refusal and (self.refusal[0] != 503 or not (self.refusal[2] or "").isdigit()):
            found.append(f"{self.server.host} answered a new call {self.refusal[::2]} while it drained: status, Retry-After")
        return found


class Told(threading.Thread):
    """Waits until a server tells systemd that it stops; a thread, for a socket that nobody reads takes little."""

    def __init__(self, server, folder):
        super().__init__(daemon=True)
        self.host, self.message = server.host, None
        path = pathlib.Path(folder) / server.host
        self.manager = Manager(path)
        server.environment = {"NOTIFY_SOCKET": str(path)}
        self.start()

    def run(self):
        try:
            self.message = self.manager.wait("STOPPING=1", lambda message: message.get("STOPPING") == "1", 120)
        except Wrong:
            pass
        finally:
            self.manager.socket.close()

    def faults(self):
        self.join(5)
        if self.message is None:
            return [f"{self.host} did not tell systemd that it stops"]
        if int(self.message.get("EXTEND_TIMEOUT_USEC", 0)) < 60_000_000 or "STATUS" not in self.message:
            return [f"{self.host} told systemd {self.message}"]
        return []


class Restart:
    """Restarts both servers, one after the other, under calls, and gathers what was found."""

    def __init__(self, stage, sink, how, calls, stalled):
        self.stage, self.sink, self.how, self.calls, self.stalled = stage, sink, how, calls, stalled
        self.steps, self.seen, self.drained, self.held = [], [], [], 0

    @property
    def is_graceful(self):
        return self.how == signal.SIGTERM

    def restart(self, server, told):
        hook = self.sink.hooks[server.host]
        life = len(server.logs) - 1
        # What happens from here on is for the next life to tell.
        hook.is_down = server is self.stage.servers[0]
        drain = Drain(server) if self.is_graceful else None
        status, took = server.end(self.how)
        if drain:
            self.seen += [f"{server.host} ended with status {status} when told to stop"] if status else []
            self.seen += drain.faults() + told.faults()
            draining = server.lines(life, "draining")
            self.drained.append(int(draining[0]["calls"]) if draining else 0)
        held = server.waiting()["events"]
        self.held += held
        server.environment = {}
        server.start()
        hook.is_down = False
        self.steps.append(f"{server.host} was down after {took:.1f} s" + (
            f", for it drained {self.drained[-1]} calls" if self.is_graceful else " by force")
            + f", with {held} events in its spool, and is up again")
        # Until the proxy sends it calls again; those that begin in between go to the other one.
        try:
            wait_for(f"a call on {server.host}", lambda: server.lines(life + 1, "call started"), 10)
        except Wrong as wrong:
            self.steps.append(str(wrong))

    def stand_still(self, processes):
        """Lets these programs do nothing for a while."""
        for process in processes:
            process.send_signal(signal.SIGSTOP)
        time.sleep(STANDSTILL if processes else 0)
        for process in processes:
            process.send_signal(signal.SIGCONT)

    def run(self):
        servers, still = self.stage.servers, Standstill()
        # As many new ones a second as end: at each moment, also between SIGTERM and what the proxy notices, some are beginning.
        load = self.stage.begin("load", self.stage.proxies[0].url + "/echo", *BEARER, "--calls", str(self.calls), "--rate",
                                str(self.calls / CALL_SECONDS), "--call-seconds", str(CALL_SECONDS), "--for", "120", "--json")
        try:
            time.sleep(CALL_SECONDS + 1)
            self.stand_still({
                None: [], "server": [servers[1].process],
                "machine": [server.process for server in servers] + [self.stage.proxies[0].process, load, still.process],
            }[self.stalled])
            for server, told in zip(servers, self.told):
                self.restart(server, told)
            time.sleep(1)
            load.send_signal(signal.SIGINT)
            output, errors = load.communicate(timeout=60)
        finally:
            if load.poll() is None:
                load.kill()
        still = still.end()
        if not output:
            raise Wrong(f"the load printed nothing: {errors}")
        try:
            wait_for("an empty spool", lambda: not any(any(server.waiting().values()) for server in servers), PATIENCE)
        except Wrong as wrong:
            self.steps.append(str(wrong))
        for server in servers:
            server.end(signal.SIGTERM)
        return self.evidence(json.loads(output), still)

    def evidence(self, report, still):
        servers = self.stage.servers
        # The longest that the load tool itself was late with a frame says the same of the machine.
        own = report["own_lateness_us"]["max"] / 1000
        still = {"all_ms": max(still["all_ms"], own if own > 40 else 0), "most_ms": max(still["most_ms"], own)}
        lives = [(server, life) for server in servers for life in range(len(server.logs))]
        # A socket that the load gives up at its end before it said anything is no call.
        begun = {line["call"] for server, life in lives for line in server.lines(life, "call started")}
        return {
            "report": report, "calls": self.calls, "still": still,
            "rows": [row | {"server": server.host} for server in servers for row in server.rows(server.records, ROWS)],
            "exported": sum(len(server.exported()) for server in servers),
            "events": self.sink.taken, "endpoint_faults": self.sink.faults, "refused": self.sink.refused,
            "lost_answers": self.sink.lost, "repeats": self.sink.repeats, "held": self.held,
            "left": {server.host: server.waiting() for server in servers},
            "started": {f"{server.host} life {life + 1}": len(server.lines(life, "call started")) for server, life in lives},
            "ended": {f"{server.host} life {life + 1}":
                      sum(line["call"] in begun for line in server.lines(life, "call ended")) for server, life in lives},
            "drained": self.drained, "seen": self.seen,
        }


def restarted(program, home, name, how=signal.SIGTERM, changes=(), calls=FEW, stalled=None):
    """What was found in one rolling restart, and its steps; `stalled` is what stands still for a while, if anything."""
    sink = endpoint.Endpoint(["127.0.0.11", "127.0.0.12"])
    try:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(program, home, name, changes={name: changes},
                          more=lambda _, host: sink.section(host, home / f"{host}-webhooks.sqlite"))
            restart = Restart(stage, sink, how, calls, stalled)
            restart.told = [Told(server, folder) if how == signal.SIGTERM else None for server in stage.servers]
            with stage:
                evidence = restart.run()
                looked = (stage.proxies[0].home / "proxy.log").read_text()
    finally:
        sink.close()
    # Else refusals alone would keep calls from a server that drains, and /readyz nothing.
    if name == "haproxy" and how == signal.SIGTERM and looked.count("code: 503") < 2:
        evidence["seen"].append("HAProxy did not hear of both drains from /readyz")
    return evidence, restart.steps


def side_by_side(program, home, runs):
    """What `restarted` gives for each run, by its name."""
    with concurrent.futures.ThreadPoolExecutor(len(runs)) as pool:
        futures = {name: pool.submit(restarted, program, home / name.replace(" ", "-"), *run) for name, run in runs.items()}
    return {name: future.result() for name, future in futures.items()}


def check(program, home):
    wrong = endpoint.prove()
    if wrong:
        raise Wrong(wrong)
    runs = {name: (name, signal.SIGTERM, (), CALLS if name == "haproxy" else FEW) for name in ("haproxy", "nginx", "caddy")}
    for name, (evidence, steps) in side_by_side(program, home, runs).items():
        found = balance.faults(evidence)
        print(f"  {name}, SIGTERM:", *steps, *balance.story(evidence), sep="\n    ")
        if found:
            raise Wrong(f"{name}: {len(found)} faults: " + "; ".join(found[:8]))
        unseen = balance.unseen(evidence)
        if unseen:
            raise Wrong(f"{name}: {unseen}")
        losses, _ = balance.planted(evidence)
    print(f"  planted, in what was found behind each: {len(losses)} losses are seen: {', '.join(losses)}")
    planted = {
        "kill -9 instead": ("haproxy", signal.SIGKILL, ()),
        # One that also looks seldom, so that calls come before it knows.
        "a HAProxy that does not repeat what was refused": ("haproxy", signal.SIGTERM, [
            ("    retry-on conn-failure empty-response 503\n", ""), ("inter 1s", "inter 10s")]),
        "an nginx that counts failures": ("nginx", signal.SIGTERM, [("max_fails=0", "max_fails=1 fail_timeout=5s")]),
    }
    for what, (evidence, steps) in side_by_side(program, home, planted).items():
        found = balance.faults(evidence)
        print(f"  planted, {what}:", *steps, *balance.story(evidence)[:1], "seen: " + "; ".join(found)[:250], sep="\n    ")
        # Not only for want of a drain: the calls themselves must be missed.
        if not any("calls_failed" in text for text in found):
            raise Wrong(f"planted, {what}: no call was missed")
        if what.startswith("kill") and not any("calls that are interrupted" in text for text in found):
            raise Wrong(f"planted, {what}: no record shows it")
    stalled = {name: ("haproxy", signal.SIGTERM, (), FEW, part) for name, part in (("a server", "server"), ("all", "machine"))}
    for _ in range(3):
        runs = side_by_side(program, home, stalled)
        # On a machine that stands still by itself, a server's fault could pass for the machine's.
        if runs["a server"][0]["still"]["all_ms"] < STANDSTILL * 100:
            break
    for what, (evidence, _) in runs.items():
        found, lost = balance.audio_faults(evidence), evidence["report"]["frames_lost"]
        print(f"  {what} stood still for {STANDSTILL} s:", *balance.story(evidence)[-1:], "seen: " + ("; ".join(found) or "no fault"),
              sep="\n    ")
        if not lost or bool(found) != (what == "a server"):
            raise Wrong(f"{what} stood still: {lost} frames were lost: {found}")


def main():
    program, home = sys.argv[1:]
    try:
        check(program, pathlib.Path(home))
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")


if __name__ == "__main__":
    main()
