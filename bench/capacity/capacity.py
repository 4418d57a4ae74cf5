# SPDX-License-Identifier: Apache-2.0
"""Measures the server beside floors and peers and writes ../results/capacity.md with its pictures.

    capacity.py VOICEBRIDGE ECHO PYTHON [--only NAME…]

Environment: ROUNDS and SECONDS_EACH of the comparisons, SETTLE (seconds before each measurement), CALLS of the comparisons with floors, IDLE_CALLS, GROWTH (a list of
calls), RESULTS (the folder to write to). Every run is checked: a run in which a frame was lost, changed or heard by another
call is no measurement, and fails the command.
"""
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import report
from servers import BOTS, Servers, ledger, settle

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
ROUNDS = int(os.environ.get("ROUNDS", 3))
SECONDS = os.environ.get("SECONDS_EACH", "5")
CALLS = int(os.environ.get("CALLS", 200))
# The server looks over the first 15 s of each call's audio: what is measured is what comes then.
SETTLE = os.environ.get("SETTLE", "16")
IDLE_CALLS = int(os.environ.get("IDLE_CALLS", 5000))
GROWTH = [int(calls) for calls in os.environ.get("GROWTH", "10 100 1000 3000").split()]
MULAW = ("--dialect", "twilio")
# 100 ms of µ-law a message.
LONG = ("--dialect", "ivr-solutions", "--encoding", "ulaw", "--frame-ms", "100")
PCM = ("--dialect", "ivr-solutions", "--encoding", "pcm", "--frame-ms", "100")
OURS = [f"VoiceBridge {bot}" for bot in BOTS]

# Name: calls, dialect, options, TLS, servers.
COMPARISONS = {
    "plain": (CALLS, "twilio", MULAW, False, ["C echo", *OURS]),
    "tls": (CALLS, "twilio", MULAW, True, ["C echo", "C echo, read-ahead", *OURS]),
    "pcm": (CALLS, "ivr-solutions", PCM, False, ["C echo", *OURS]),
    "peers": (min(CALLS, 40), "twilio", MULAW, False, ["VoiceBridge stage", "C echo", "websockets", "ws"]),
    "peers-tls": (min(CALLS, 40), "twilio", MULAW, True, ["VoiceBridge stage", "C echo", "websockets", "ws"]),
    "pipecat": (min(CALLS, 5), "twilio", MULAW, False, ["VoiceBridge stage", "C echo", "pipecat"]),
}


class Bench:
    def __init__(self, program, echo, python, folder):
        self.program = program
        self.servers = Servers(program, folder, python, echo)
        self.folder = folder
        self.faults = []
        # Every report of the load tool, by comparison and server.
        self.runs = {}

    def check(self, where, name, found, server_log=None):
        """Whether a run is a measurement; what it is not is kept."""
        # A peer whose converter holds samples back, or that cuts silence between, cannot say back the last frame of a call.
        tolerated = {"frames_lost"} if name in ("websockets", "ws", "pipecat") else set()
        kinds = [fault["kind"] for fault in found["faults"]]
        if name == "pipecat":
            tolerated |= {"frames_repeated", "silence", "garbled", "out_of_order"}
        wrong = [fault["detail"] for fault in found["faults"] if fault["kind"] not in tolerated]
        if name.startswith("VoiceBridge") and found["sound_checked"] and not kinds:
            wrong += self.tones(found)
            totals = server_log and ledger(server_log)
            if totals:
                samples = found["rate"] * found["frame_ms"] // 1000
                calls, received, sent = totals
                if received != found["frames_sent"] * samples or sent != found["frames_received"] * samples:
                    wrong.append(f"the ledgers say {received} samples in, {sent} out for {found['frames_sent']} frames")
        if wrong:
            self.faults.append(f"{where}, {name}: {'; '.join(wrong)}")
            print(f"  WRONG: {'; '.join(wrong)}", flush=True)
        return not wrong

    @staticmethod
    def tones(found):
        """The way through two converters: level with the tone, clear, and late by the filters' delay."""
        tones = found["tones"]
        if tones is None:
            return ["no tone came back"]
        wrong = []
        if tones["gain_db_min"] < -0.5 or tones["gain_db_max"] > 0.5:
            wrong.append(f"tones come back at {tones['gain_db_min']} to {tones['gain_db_max']} dB")
        if tones["clarity_db_min"] < 25:
            wrong.append(f"a tone is only {tones['clarity_db_min']} dB clear")
        if tones["delay_ms"] is not None and not 0.2 < tones["delay_ms"] < 5:
            wrong.append(f"a delay of {tones['delay_ms']} ms is none of two converters")
        return wrong

    def compare(self, where):
        calls, dialect, options, tls, names = COMPARISONS[where]
        for turn in range(ROUNDS):
            order = names[turn % len(names):] + names[: turn % len(names)]
            for name in order:
                found = self.run(where, name, calls, dialect, options, tls)
                self.runs.setdefault((where, name), []).append(found)

    def run(self, where, name, calls, dialect, options, tls=False, silent=0, seconds=SECONDS):
        with self.servers.start(name, dialect, tls) as server:
            idle = server.memory()
            with server.silent_calls(self.program, silent, dialect):
                found = server.load(self.program, calls, seconds, *options, "--settle", SETTLE)
        found["idle_kib"] = idle
        used, p50 = found["server"]["us_per_frame"], found["latency_from_write_us"]["p50"]
        print(f"{where}: {name}, {found['calls']} calls: {used} µs a frame, p50 {p50} µs, own {found['own']['us_per_frame']} µs",
              flush=True)
        found["valid"] = self.check(where, name, found, server.log if name in OURS else None)
        settle(0.5)
        return found

    def growth(self):
        """What a frame costs while ever more calls are up, a third of which speak: on one core not all of thousands can."""
        for turn in range(ROUNDS):
            for calls in GROWTH:
                for name in ("C echo", "VoiceBridge stage"):
                    speaking = max(1, calls // 3)
                    # The system counts processor time in hundredths of a second: few frames take longer to weigh.
                    seconds = int(SECONDS) * (6 if speaking < 100 else 1)
                    found = self.run(f"growth {calls}", name, speaking, "ivr-solutions", LONG, silent=calls - speaking,
                                     seconds=seconds)
                    self.runs.setdefault((f"growth {calls}", name), []).append(found)

    def full(self):
        """More calls that speak than a core carries: how many are let in, and what becomes of those."""
        with self.servers.start("VoiceBridge stage", "ivr-solutions") as server:
            found = server.load(self.program, GROWTH[-1], SECONDS, *LONG, "--settle", SETTLE)
        print(f"full: {found['calls']} of {GROWTH[-1]} calls, p99 {found['latency_from_write_us']['p99']} µs", flush=True)
        return found

    def memory(self):
        """KB per idle call, plain and TLS, for as many calls as asked and a fifth of them."""
        found = {}
        for tls in (False, True):
            for name in ("C echo", "VoiceBridge stage", "VoiceBridge task-pool"):
                for calls in (IDLE_CALLS // 5, IDLE_CALLS):
                    with self.servers.start(name, "twilio", tls) as server:
                        before = server.memory()
                        load = server.load(self.program, calls, 2, *MULAW, "--idle", "--rate", "1000", "--expect", "anything")
                        after = load["server"]["rss_kib"]
                    each = (after - before) * 1.024 / max(load["calls"], 1)
                    found[(tls, name, calls)] = each
                    print(f"memory: {name}{', WSS' if tls else ''}, {load['calls']} calls: {each:.1f} KB each", flush=True)
                    if load["calls"] < calls or load["calls_failed"]:
                        self.faults.append(f"memory, {name}: {load['calls']} of {calls} calls, {load['failures']}")
        return found

    def new_calls(self):
        """The most calls that come about in a second, on one core, none failing."""
        best, rates = 0, []
        for rate in (200, 300, 400, 600, 800, 1000):
            with self.servers.start("VoiceBridge stage", "twilio", True) as server:
                load = server.load(self.program, min(rate, 20000), SECONDS, *MULAW, "--rate", str(rate), "--call-seconds",
                                   "0.3", "--expect", "anything")
            achieved = load["window_calls_opened"] / load["window_s"]
            well = load["calls_failed"] == 0
            rates.append((rate, achieved, load["calls_failed"], load["server"]["cores"], load["opening_us"]["p99"]))
            print(f"new calls: asked {rate}, came {achieved:.0f} a second, {load['calls_failed']} failed", flush=True)
            if well:
                best = max(best, achieved)
            if not well or achieved < rate * 0.8:
                break
        return best, rates

    def hour(self):
        """CPU per frame of calls that last as long as the run, and of ones that take turns."""
        long = self.run("long calls", "VoiceBridge stage", min(CALLS, 50), "twilio", MULAW)
        seconds = str(max(1.0, float(SECONDS) / 5))
        with self.servers.start("VoiceBridge stage", "twilio") as server:
            short = server.load(self.program, min(CALLS, 50), SECONDS, *MULAW, "--call-seconds", seconds)
        if not self.check("short calls", "VoiceBridge stage", short) or not long["valid"]:
            return None
        return long["server"]["us_per_frame"], short["server"]["us_per_frame"]

    def system_calls(self):
        """System calls per frame at low load, without those of opening and closing."""
        found = {}
        for name in ("C echo", "VoiceBridge stage"):
            with self.servers.start(name, "twilio") as server:
                counts = os.path.join(self.folder, "strace.txt")
                words = [self.program, "load", server.url, "--json", *MULAW, "--calls", "10", "--for", "8", "--rate", "100",
                         "--expect", server.expect, "--pid", str(server.process.pid)]
                load = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
                settle(2)
                subprocess.run(["timeout", "-s", "INT", "4", "strace", "-f", "-c", "-o", counts, "-p",
                                str(server.process.pid)], capture_output=True)
                output = load.communicate()[0]
            json.loads(output)
            total, names = 0, {}
            for line in open(counts):
                words = line.split()
                if len(words) >= 5 and words[3].isdigit() and words[-1] != "total":
                    names[words[-1]] = int(words[3])
                    total += int(words[3])
            # As many frames as the load sent in that time.
            frames = names.get("recvfrom", names.get("read", 0)) if name == "C echo" else names.get("read", 0)
            frames = frames or names.get("recvmsg", 0) or 1
            found[name] = (total / (10 * 50 * 4), names)
            print(f"system calls: {name}: {total / (10 * 50 * 4):.2f} a frame {names}", flush=True)
        return found

    def figure(self, script, pattern):
        """A figure that a check of the project prints."""
        done = subprocess.run([os.path.join(ROOT, "Tests", "Checks", script)], capture_output=True, text=True,
                              env=dict(os.environ, VOICEBRIDGE=self.program))
        found = re.search(pattern, done.stdout)
        print(f"{script}: {found[0] if found else done.stderr.strip()[-200:]}", flush=True)
        if not found:
            self.faults.append(f"{script} told nothing: {done.stderr.strip()[-200:]}")
            return None
        return float(found[1].replace(",", ""))

    def median(self, where, name, key=lambda found: found["server"]["us_per_frame"]):
        values = [key(found) for found in self.runs.get((where, name), []) if found["valid"]]
        return statistics.median(values) if values else None


def main():
    program, echo, python = sys.argv[1:4]
    # Told to end, it ends its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    only = set(sys.argv[5:]) if "--only" in sys.argv else None

    def wanted(name):
        return only is None or name in only

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, echo, python, folder)
        for where in COMPARISONS:
            if wanted(where):
                bench.compare(where)
        if wanted("growth"):
            bench.growth()
        found = {
            "full": bench.full() if wanted("full") else None,
            "memory": bench.memory() if wanted("memory") else None,
            "new-calls": bench.new_calls() if wanted("new-calls") else None,
            "hour": bench.hour() if wanted("hour") else None,
            "system-calls": bench.system_calls() if wanted("system-calls") else None,
            "instructions": bench.figure("instructions-per-frame.sh", r"([\d,]+) instructions per frame")
            if wanted("instructions") else None,
            "allocations": bench.figure("call-allocations.sh", r"echo: .*?(-?[\d.]+) each") if wanted("allocations") else None,
        }
        parts = ("growth", "hour")
        settings = {"asked": [name for name in parts if wanted(name)], "rounds": ROUNDS, "seconds": SECONDS, "idle": IDLE_CALLS, "growth": GROWTH, "comparisons": COMPARISONS,
                    "python": python, "program": program, "settle": SETTLE}
        sys.exit(report.write(bench, found, settings))


if __name__ == "__main__":
    main()
