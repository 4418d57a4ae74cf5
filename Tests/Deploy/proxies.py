# SPDX-License-Identifier: Apache-2.0
"""Calls through the proxies of deploy/proxies, as they stand there but for addresses, with the real programs.

    proxies.py VOICEBRIDGE HOME calls      the proxies take their files, and a call through each is as the wire's document says
    proxies.py VOICEBRIDGE HOME addresses  the caller's address reaches the server, and one that the caller writes does not
    proxies.py VOICEBRIDGE HOME silence    pings keep a silent call through a proxy that cuts silence
    proxies.py VOICEBRIDGE HOME rolling    two servers are restarted one after the other under calls, and no call and no record is lost
    proxies.py VOICEBRIDGE HOME handover   a server that stops hands its calls over, so many a second, and records say so

Each has faults planted, which must be seen.

Environment: CALLS, how many are up at a time behind HAProxy in `rolling`; 50 unless set. Elsewhere it is a fifth of that.
"""

import concurrent.futures
import datetime
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Checks"))
import callresult

FILES = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy" / "proxies"
CALLS = int(os.environ.get("CALLS", "50"))
FEW = max(8, CALLS // 5)
# Calls a second that are handed over.
RATE = 5
BEARER = ["--header", "Authorization: Bearer sesame"]
# `lag: off`: a machine that is busy with other things must not make the servers refuse calls.
# The proxies connect from an address of their own, so that it is not the caller's by chance.
PROXY_ADDRESS = "127.0.0.9"
SERVER = """
listen: {{host: {host}, port: {port}, plain: true, trusted_proxies: [127.0.0.9/32]}}
admin: {{host: {host}, port: {admin}}}
limits: {{drain_deadline: 1m, lag: off}}
logging: {{format: json}}
records: {{path: {records}}}
{more}
routes:
  - {{path: /desk, authentication: {{bearer: sesame}}, bot: receptionist}}
  - {{path: /echo, authentication: {{bearer: sesame}}, bot: echo}}
  - {{path: /here, authentication: {{addresses: [127.0.0.1/32]}}, bot: echo}}
  - {{path: /elsewhere, authentication: {{addresses: [127.0.0.2/32]}}, bot: echo}}
  - {{path: /pinged, authentication: {{bearer: sesame}}, bot: echo, websocket: {{ping_interval: 1s, peer_timeout: 5m}}}}
  - {{path: /unpinged, authentication: {{bearer: sesame}}, bot: echo, websocket: {{ping_interval: 10m, peer_timeout: 30m}}}}
"""
NGINX = """
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/nginx.log;
events {{ worker_connections 2000; }}
http {{
    access_log off;
    client_body_temp_path {home}/temporary;
    proxy_temp_path {home}/temporary;
    fastcgi_temp_path {home}/temporary;
    uwsgi_temp_path {home}/temporary;
    scgi_temp_path {home}/temporary;
    include {home}/snippet.conf;
}}
"""


class Wrong(Exception):
    """What was not as it must be."""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(what, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Wrong(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


class Server:
    """A `voicebridge serve` that can be ended and started again on the same address; each life has a log of its own."""

    def __init__(self, program, home, host, port, admin, more=""):
        self.program, self.home, self.host, self.port, self.admin = program, home, host, port, admin
        self.file = home / f"{host}.yaml"
        self.records = home / f"{host}.sqlite"
        for old in home.glob(f"{host}.sqlite*"):
            old.unlink()
        self.file.write_text(SERVER.format(host=host, port=port, admin=admin, records=self.records, more=more))
        self.logs = []
        self.process = None

    def start(self):
        self.logs.append(self.home / f"{self.host}-life-{len(self.logs) + 1}.log")
        said = self.logs[-1].with_suffix(".out")
        with open(self.logs[-1], "w") as log, open(said, "w") as out:
            command = [self.program, "serve", "--config", str(self.file)]
            self.process = subprocess.Popen(command, stdout=out, stderr=log)

        def listens():
            if self.process.poll() is not None:
                raise Wrong(f"{self.host} did not start: {self.logs[-1].read_text()[-500:]}")
            return "listening on" in said.read_text()

        wait_for(f"the start of {self.host}", listens)

    def end(self, how, seconds=30):
        """Sends a signal and gives the exit status and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(how)
        status = self.process.wait(seconds)
        return status, time.monotonic() - began

    def recorded(self):
        """The records of all lives, as `voicebridge calls` exports them."""
        command = [self.program, "calls", "export", "--records", str(self.records), "--json"]
        exported = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if exported.returncode:
            raise Wrong(f"{' '.join(command)}: {exported.stderr}")
        return [json.loads(line) for line in exported.stdout.splitlines()]

    def lines(self, life, message):
        """The log's lines of one life with a message."""
        lines = (json.loads(line) for line in self.logs[life].read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line["message"] == message]


def adapted(name, changes):
    """A file of deploy/proxies with other addresses; what is to be changed must be there."""
    text = (FILES / name).read_text()
    for old, new in changes:
        if old not in text:
            raise Wrong(f"{name} has no '{old}' any more")
        text = text.replace(old, new)
    return text


class Proxy:
    """One of the proxies before two servers, with TLS towards the caller."""

    def __init__(self, name, home, port, admin, changes=()):
        self.name, self.home, self.front = name, home / name, free_port()
        self.home.mkdir(parents=True, exist_ok=True)
        self.changes = list(changes)
        backends = [(f"10.0.0.{last}:8443", f"127.0.0.{last}:{port}") for last in (11, 12)]
        self.write = {"haproxy": self.haproxy, "nginx": self.nginx, "caddy": self.caddy}[name]
        self.check, self.command = self.write(backends, admin)
        self.process = None

    @property
    def url(self):
        return f"wss://127.0.0.1:{self.front}"

    def haproxy(self, backends, admin):
        file = self.home / "haproxy.cfg"
        changes = [
            ("bind :443", f"bind 127.0.0.1:{self.front}"),
            ("/etc/haproxy/voicebridge.pem", str(self.home.parent / "both.pem")),
            ("log /dev/log local0", "log stdout format raw local0"),
            ("default-server check port 9090", f"default-server source {PROXY_ADDRESS} check port {admin}"),
            ("maxconn 20000", "maxconn 500"),
        ]
        file.write_text(adapted("haproxy.cfg", self.changes + changes + backends))
        return ["haproxy", "-c", "-f", str(file)], ["haproxy", "-db", "-f", str(file)]

    def nginx(self, backends, admin):
        (self.home / "nginx.conf").write_text(NGINX.format(home=self.home))
        changes = [
            ("listen 443 ssl", f"listen 127.0.0.1:{self.front} ssl"),
            ("/etc/nginx/voicebridge/fullchain.pem", str(self.home.parent / "certificate.pem")),
            ("/etc/nginx/voicebridge/privkey.pem", str(self.home.parent / "key.pem")),
            ("proxy_pass http://voicebridge;", f"proxy_pass http://voicebridge;\nproxy_bind {PROXY_ADDRESS};"),
        ]
        (self.home / "snippet.conf").write_text(adapted("nginx.conf", self.changes + changes + backends))
        command = ["nginx", "-c", str(self.home / "nginx.conf"), "-p", str(self.home)]
        return command + ["-t"], command

    def caddy(self, backends, admin):
        file = self.home / "Caddyfile"
        pair = f"{self.home.parent}/certificate.pem {self.home.parent}/key.pem"
        changes = [
            ("bot.example.net {", "{\n\tadmin off\n\tauto_https off\n}\n"
             f"https://127.0.0.1:{self.front} {{\n\ttls {pair}"),
            ("health_port 9090", f"health_port {admin}"),
        ]
        file.write_text(adapted("Caddyfile", self.changes + changes + backends))
        options = ["--adapter", "caddyfile", "--config", str(file)]
        return ["caddy", "validate"] + options, ["caddy", "run"] + options

    def start(self):
        environment = dict(os.environ, HOME=str(self.home), XDG_DATA_HOME=str(self.home), XDG_CONFIG_HOME=str(self.home))
        checked = subprocess.run(self.check, capture_output=True, text=True, env=environment)
        if checked.returncode:
            raise Wrong(f"{' '.join(self.check)}: {checked.stdout}{checked.stderr}")
        with open(self.home / "proxy.log", "w") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, env=environment)

        def listens():
            if self.process.poll() is not None:
                raise Wrong(f"{self.name} did not start: {(self.home / 'proxy.log').read_text()[-800:]}")
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.front)) == 0

        wait_for(f"the start of {self.name}", listens)

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if self.name == "nginx" else signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Stage:
    """Two servers, and proxies before them; all of it is ended at the end, however that comes."""

    def __init__(self, program, home, *proxies, changes=None, more=""):
        self.program, self.home = program, home
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", home / "key.pem", "-out", home / "certificate.pem"],
            check=True, capture_output=True)
        (home / "both.pem").write_text((home / "certificate.pem").read_text() + (home / "key.pem").read_text())
        port, admin = free_port(), free_port()
        self.servers = [Server(program, home, f"127.0.0.{last}", port, admin, more) for last in (11, 12)]
        self.proxies = [Proxy(name, home, port, admin, (changes or {}).get(name, ())) for name in proxies]

    def __enter__(self):
        try:
            for part in self.servers + self.proxies:
                part.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for proxy in self.proxies:
            proxy.end()
        for server in self.servers:
            if server.process and server.process.poll() is None:
                server.process.kill()
                server.process.wait()

    def run(self, *words):
        return subprocess.run([self.program, *words, "--trust", self.home / "certificate.pem"],
                              capture_output=True, text=True, timeout=90)

    def begin(self, *words):
        return subprocess.Popen([self.program, *words, "--trust", self.home / "certificate.pem"],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_calls(program, home):
    with Stage(program, home, "haproxy", "nginx", "caddy") as stage:
        (home / "secret").write_text("sesame\n")
        for proxy in stage.proxies:
            answer = stage.run("check", proxy.url + "/desk", "--as", "bearer", "--secret-file", str(home / "secret"))
            if answer.returncode:
                raise Wrong(f"{proxy.name}: voicebridge check: {answer.stdout}{answer.stderr}")
        running = [(proxy, stage.begin("call", proxy.url + "/desk", *BEARER, "--dtmf", "1@2", "--json"))
                   for proxy in stage.proxies]
        for proxy, call in running:
            output, errors = call.communicate(timeout=90)
            file = home / f"{proxy.name}.json"
            file.write_text(output)
            result = callresult.read(file)
            broken, _ = callresult.violations(result)
            commands = [command["type"] for command in result["commands"]]
            if broken or result["ended_by"] != "bot" or "session.transfer" not in commands or not result["heard_ms"]:
                raise Wrong(f"{proxy.name}: {broken} {output} {errors}")
            print(f"{proxy.name}: its file is taken; a call through it was transferred by the bot after "
                  f"{result['duration_ms']} ms, {result['frames_sent']} messages there, {result['frames_received']} back, "
                  f"{result['heard_ms']} ms heard, no message against the wire's rules")
    # A proxy that forgets the upgrade must not pass for one that makes it.
    forgetful = {"nginx": [("proxy_set_header Upgrade $http_upgrade;", "")]}
    with Stage(program, home / "forgetful", "nginx", changes=forgetful) as stage:
        answer = stage.run("call", stage.proxies[0].url + "/desk", *BEARER, "--for", "1", "--json")
        if answer.returncode == 0:
            raise Wrong("an nginx that drops `Upgrade` was not noticed")
    print("planted: an nginx that drops `Upgrade` lets no call through")


def check_addresses(program, home):
    spoof = ["--header", "X-Forwarded-For: 127.0.0.2"]
    silent = {"haproxy": [("option forwardfor", "")], "nginx": [("proxy_set_header X-Forwarded-For", "#")]}
    with Stage(program, home, "haproxy", "nginx") as stage:
        for proxy in stage.proxies:
            good = stage.run("call", proxy.url + "/here", "--for", "0.5", "--json")
            if good.returncode:
                raise Wrong(f"{proxy.name}: the caller's address did not arrive: {good.stdout}{good.stderr}")
            for path, options in (("/elsewhere", []), ("/elsewhere", spoof)):
                bad = stage.run("call", proxy.url + path, "--for", "0.5", "--json", *options)
                if bad.returncode == 0 or "403" not in bad.stdout + bad.stderr:
                    raise Wrong(f"{proxy.name}: {options} got in where only 127.0.0.2 may: {bad.stdout}{bad.stderr}")
            print(f"{proxy.name}: the caller's address is believed, one that the caller writes is not")
    with Stage(program, home / "silent", "haproxy", "nginx", changes=silent) as stage:
        for proxy in stage.proxies:
            if stage.run("call", proxy.url + "/here", "--for", "0.5", "--json").returncode == 0:
                raise Wrong(f"{proxy.name}: without X-Forwarded-For the check passed all the same")
    print("planted: without X-Forwarded-For both are refused")


def check_silence(program, home):
    impatient = {
        "haproxy": [("timeout tunnel 2m", "timeout tunnel 3s")],
        "nginx": [("proxy_read_timeout 2m", "proxy_read_timeout 3s"), ("proxy_send_timeout 2m", "proxy_send_timeout 3s")],
    }
    with Stage(program, home, "haproxy", "nginx", changes=impatient) as stage:
        runs = [(proxy.name, path, stage.begin("load", proxy.url + path, *BEARER, "--idle", "--calls", "3", "--for", "8",
                                               "--json"))
                for proxy in stage.proxies for path in ("/pinged", "/unpinged")]
        for name, path, run in runs:
            output, errors = run.communicate(timeout=90)
            if not output:
                raise Wrong(f"{name}{path}: {errors}")
            report = json.loads(output)
            opened, failed = report["calls_opened"], report["calls_failed"]
            if opened < 3:
                raise Wrong(f"{name}{path}: only {opened} of 3 calls came about")
            if path == "/pinged" and failed:
                raise Wrong(f"{name}: {failed} silent calls were cut although they are pinged: {report['failures']}")
            if path == "/unpinged" and not failed:
                raise Wrong(f"{name}: silent calls without pings were not cut, so that this check shows nothing")
        print("3 silent calls of 8 s through each proxy, which cuts after 3 s: pinged each second none was cut; planted: "
              "without pings they were")


def restart_under_calls(stage, how, seconds, call_seconds, calls):
    """Restarts both servers, one after the other, under calls; gives the load's report, the counts and what was seen."""
    proxy, seen = stage.proxies[0], []
    # As many new ones a second as end: at each moment, also between SIGTERM and what the proxy notices, some are beginning.
    load = stage.begin("load", proxy.url + "/echo", *BEARER, "--calls", str(calls), "--rate", str(calls // call_seconds),
                       "--call-seconds", str(call_seconds), "--for", str(seconds), "--json")
    counts = {"drained": []}
    time.sleep(call_seconds + 1)
    for server in stage.servers:
        status, took = server.end(how)
        if how == signal.SIGTERM:
            if status:
                raise Wrong(f"{server.host} ended with status {status} when told to stop")
            draining = server.lines(len(server.logs) - 1, "draining")
            counts["drained"].append(int(draining[0]["calls"]) if draining else 0)
        server.start()
        seen.append(f"{server.host} was down after {took:.1f} s" + (
            f", for it drained {counts['drained'][-1]} calls" if counts["drained"] else " by force") + ", and is up again")
        # Until the proxy sends it calls again; those that begin in between go to the other one.
        try:
            wait_for(f"a call on {server.host}", lambda: server.lines(len(server.logs) - 1, "call started"), 10)
        except Wrong as wrong:
            seen.append(str(wrong))
    output, errors = load.communicate(timeout=seconds + 60)
    if not output:
        raise Wrong(f"the load printed nothing: {errors}")
    for server in stage.servers:
        if how == signal.SIGTERM:
            server.end(how)
    # A socket that the load gives up at its end before it said anything is no call.
    begun = {line["call"] for server in stage.servers for life in range(len(server.logs))
             for line in server.lines(life, "call started")}
    lives = [(server.host, life, len(server.lines(life, "call started")),
              [line for line in server.lines(life, "call ended") if line["call"] in begun])
             for server in stage.servers for life in range(len(server.logs))]
    counts["started"] = sum(started for _, _, started, _ in lives)
    counts["ended"] = sum(len(ended) for _, _, _, ended in lives)
    rows = [row for server in stage.servers for row in server.recorded()]
    counts["rows"] = len(rows)
    # Each call once: the load gives every call an id of its own.
    counts["recorded"] = len({row["call_id"] for row in rows if row["state"] == "ended"})
    counts["cut off"] = sum(row["state"] != "ended" for row in rows)
    counts["bad ends"] = sum(line["ended_by"] != "caller" for _, _, _, ended in lives for line in ended)
    counts["lives"] = {f"{host} life {life + 1}": started for host, life, started, _ in lives}
    return json.loads(output), counts, seen


def faults(report, counts, seen):
    """What shows that a call was lost, or that nothing was shown; and the story."""
    made = report["calls_started"]
    numbers = {
        "calls made": made, "calls opened": report["calls_opened"], "calls ended": report["calls_ended"],
        "started in the servers' logs": counts["started"], "ended in the servers' logs": counts["ended"],
        "records": counts["rows"], "calls with a record that ended": counts["recorded"],
    }
    story = seen + [
        ", ".join(f"{number} {name}" for name, number in numbers.items()),
        "by server: " + ", ".join(f"{name} {number}" for name, number in counts["lives"].items())
        + f"; {report['frames_sent']} frames there, {report['frames_received']} back, {report['frames_lost']} lost",
    ]
    found = [f"no {name}" for name, number in numbers.items() if not number]
    found += [f"{number} {name}, not {made}" for name, number in numbers.items() if number != made]
    found += [f"{name} had no call" for name, number in counts["lives"].items() if not number]
    found += ["nothing was there to drain"] * (counts["drained"].count(0) or not counts["drained"])
    for key in ("calls_failed", "frames_lost", "out_of_order", "cross_talk"):
        if report[key]:
            found.append(f"{report[key]} {key}: {report['failures'][:2]}")
    if not report["frames_received"]:
        found.append("no frame came back")
    if counts["cut off"]:
        found.append(f"{counts['cut off']} records of calls that were cut off")
    if counts["bad ends"]:
        found.append(f"{counts['bad ends']} calls were not ended by the caller")
    return found, story


def restarted(program, home, name, how=signal.SIGTERM, seconds=18, changes=(), calls=FEW):
    """The faults and the story of one rolling restart."""
    with Stage(program, home, name, changes={name: changes}) as stage:
        found, story = faults(*restart_under_calls(stage, how, seconds, 4, calls))
        looked = (stage.proxies[0].home / "proxy.log").read_text()
        # Else refusals alone would keep calls from a server that drains, and /readyz nothing.
        if name == "haproxy" and how == signal.SIGTERM and looked.count("code: 503") < 2:
            found.append("HAProxy did not hear of both drains from /readyz")
        return found, story


def side_by_side(program, home, runs):
    """What `restarted` gives for each run, by its name."""
    with concurrent.futures.ThreadPoolExecutor(len(runs)) as pool:
        futures = {name: pool.submit(restarted, program, home / name.replace(" ", "-"), *run) for name, run in runs.items()}
    return {name: future.result() for name, future in futures.items()}


def check_rolling(program, home):
    runs = {name: (name, signal.SIGTERM, 18, (), CALLS if name == "haproxy" else FEW) for name in ("haproxy", "nginx", "caddy")}
    for name, (found, story) in side_by_side(program, home, runs).items():
        print(f"  {name}, SIGTERM:", *story, sep="\n    ")
        if found:
            raise Wrong(f"{name}: " + "; ".join(found))
    planted = {
        "kill -9 instead": ("haproxy", signal.SIGKILL, 8, ()),
        # One that also looks seldom, so that calls come before it knows.
        "a HAProxy that does not repeat what was refused": ("haproxy", signal.SIGTERM, 16, [
            ("    retry-on conn-failure empty-response 503\n", ""), ("inter 1s", "inter 3s")]),
        "an nginx that counts failures": ("nginx", signal.SIGTERM, 20, [("max_fails=0", "max_fails=1 fail_timeout=5s")]),
    }
    for what, (found, story) in side_by_side(program, home, planted).items():
        print(f"  planted, {what}:", *story, "seen: " + "; ".join(found)[:250], sep="\n    ")
        # Not only for want of a drain: the calls themselves must be missed.
        if not any("calls_failed" in text for text in found):
            raise Wrong(f"planted, {what}: no call was missed")
        if what.startswith("kill") and not any("cut off" in text for text in found):
            raise Wrong(f"planted, {what}: no record shows it")


def check_handover(program, home):
    more = f"drain: {{hand_over: 'wss://other.example.net', hand_over_rate: {RATE}}}"
    with Stage(program, home, "haproxy", more=more) as stage:
        # Calls in which nobody makes a sound: between two turns all the time.
        load = stage.begin("load", stage.proxies[0].url + "/echo", *BEARER, "--idle", "--calls", str(FEW), "--for", "14", "--json")
        wait_for("all calls", lambda: sum(len(server.lines(0, "call started")) for server in stage.servers) == FEW)
        first, second = stage.servers
        held = len(first.lines(0, "call started"))
        status, took = first.end(signal.SIGTERM)
        output, errors = load.communicate(timeout=60)
        if status or not output:
            raise Wrong(f"handing over ended with status {status}: {errors}")
        second.end(signal.SIGTERM)
        rows, others = first.recorded(), second.recorded()
        moved = [row for row in rows if row["end_reason"] == "handed_over" and row["ended_by"] == "server"
                 and row["transfer_to"] == "wss://other.example.net/echo"]
        # The load begins another call for each that goes, and those come to the other server.
        if not held or len(rows) != held or len(moved) != held or len(others) != FEW:
            raise Wrong(f"{held} calls were up, {len(rows)} have a record, {len(moved)} were handed over; {len(others)} were "
                        f"with the other server, not {FEW}: {rows[:1]}")
        times = sorted(datetime.datetime.fromisoformat(row["ended_at"].replace("Z", "+00:00")) for row in moved)
        spread = (times[-1] - times[0]).total_seconds()
        if spread < (held - 1) / RATE - 0.5:
            raise Wrong(f"{held} calls went within {spread:.2f} s, more than {RATE} a second")
        print(f"{held} of {FEW} calls were up when the server was told to stop: all were handed over within {took:.1f} s, "
              f"spread over {spread:.1f} s; each has one record; the other server kept its {FEW - held} and took {held} new ones")


def main():
    program, home, what = sys.argv[1:]
    checks = {"calls": check_calls, "addresses": check_addresses, "silence": check_silence, "rolling": check_rolling,
              "handover": check_handover}
    try:
        checks[what](program, pathlib.Path(home) / what)
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")


if __name__ == "__main__":
    main()
