# SPDX-License-Identifier: Apache-2.0
"""Two servers, and the proxies of deploy/proxies before them as they stand there but for addresses: what checks of both share."""

import contextlib
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import subprocess
import threading
import time

FILES = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy" / "proxies"
BEARER = ["--header", "Authorization: Bearer sesame"]
# The proxies connect from an address of their own, so that it is not the caller's by chance.
PROXY_ADDRESS = "127.0.0.9"
# `lag` and `busy` are off: a machine that is busy with other things must not make the servers refuse calls.
SERVER = """
listen: {{host: {host}, port: {port}, plain: true, trusted_proxies: [127.0.0.9/32]}}
admin: {{host: {host}, port: {admin}}}
limits: {{drain_deadline: {deadline}, lag: off, busy: off}}
logging: {{format: json}}
records: {{path: {records}}}
{more}
routes:
  - {{path: /desk, authentication: {{bearer: sesame}}, bot: receptionist}}
  - {{path: /echo, authentication: {{bearer: sesame}}, bot: echo}}
  - {{path: /moved, authentication: {{query_token: sesame}}, bot: echo}}
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


# Ports that were given to somebody of this process.
TAKEN, TAKEN_LOCK = set(), threading.Lock()


class Wrong(Exception):
    """What was not as it must be."""


def free_port():
    """A port that nobody has on any address, and that no connection out of this machine can get before it is used."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as taken:
            try:
                taken.bind(("", port))
            except OSError:
                continue
        with TAKEN_LOCK:
            if port not in TAKEN:
                TAKEN.add(port)
                return port


def wait_for(what, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Wrong(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


class Server:
    """A `voicebridge serve` that can be ended and started again on the same address; each life has a log of its own."""

    def __init__(self, program, home, host, port, admin, deadline="1m", more=""):
        self.program, self.home, self.host, self.port, self.admin = program, home, host, port, admin
        self.file = home / f"{host}.yaml"
        self.records, self.spool = home / f"{host}.sqlite", home / f"{host}-webhooks.sqlite"
        for old in home.glob(f"{host}*.sqlite*"):
            old.unlink()
        self.file.write_text(SERVER.format(host=host, port=port, admin=admin, records=self.records, deadline=deadline, more=more))
        self.logs = []
        self.process = None
        self.environment = {}

    def start(self):
        self.logs.append(self.home / f"{self.host}-life-{len(self.logs) + 1}.log")
        said = self.logs[-1].with_suffix(".out")
        with open(self.logs[-1], "w") as log, open(said, "w") as out:
            command = [self.program, "serve", "--config", str(self.file)]
            self.process = subprocess.Popen(command, stdout=out, stderr=log, env=dict(os.environ, **self.environment))

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

    def rows(self, file, query):
        """What a query finds in one of the databases, also while the server writes, as dictionaries."""
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]

    def waiting(self):
        """How many events wait in the spool, dead letters among them, and how many calls it holds for live."""
        return self.rows(self.spool, "SELECT (SELECT count(*) FROM delivery) AS events, (SELECT count(*) FROM live) AS calls")[0]

    def exported(self):
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
            ("/var/log/nginx/voicebridge.log", str(self.home / "proxy-access.log")),
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

    def __init__(self, program, home, *proxies, changes=None, deadline="1m", more=lambda stage, server: ""):
        """`more` gives what the configuration of a server has beside the rest, by its address."""
        self.program, self.home = program, home
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", home / "key.pem", "-out", home / "certificate.pem"],
            check=True, capture_output=True)
        (home / "both.pem").write_text((home / "certificate.pem").read_text() + (home / "key.pem").read_text())
        port, admin = free_port(), free_port()
        self.proxies = [Proxy(name, home, port, admin, (changes or {}).get(name, ())) for name in proxies]
        self.servers = [Server(program, home, host, port, admin, deadline, more(self, host))
                        for host in ("127.0.0.11", "127.0.0.12")]

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
