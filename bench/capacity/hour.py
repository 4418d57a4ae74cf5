# SPDX-License-Identifier: Apache-2.0
"""Holds calls of an hour to sixty calls of a minute, side by side in one run, and writes ../results/hour.md.

    hour.py VOICEBRIDGE

Two servers of one kind run at the same time: one has calls that stay, the other as many at a time that end after a minute and
are followed by others. Environment: MINUTES (60) that the run takes, CALLS (10) at a time, SHORT (60) seconds of a short call,
RESULTS, the folder to write to. Fails when a frame of the long calls costs a twentieth more, when either run had a fault, or
when a long call's memory rises by more than a tenth of the server's.
"""
import datetime
import os
import subprocess
import sys
import tempfile
import threading
import time
from report import RESULTS, machine
from servers import Servers

MINUTES = float(os.environ.get("MINUTES", 60))
CALLS = int(os.environ.get("CALLS", 10))
SHORT = os.environ.get("SHORT", "60")
MUST = 1.05


def run(program, folder, options, found, name):
    with Servers(program, folder, sys.executable, "").start("VoiceBridge stage", "twilio") as server:
        words = server.load_words(program, CALLS, MINUTES * 60, ("--dialect", "twilio", *options))
        load = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # All calls are up, and the first 15 s, in which their sound is looked over, are past.
        time.sleep(min(20, MINUTES * 30))
        early = server.memory()
        output, errors = load.communicate()
        found[name] = dict(server.report(output, errors), early_kib=early)


def main():
    program = sys.argv[1]
    found = {}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        runs = [
            threading.Thread(target=run, args=(program, one, (), found, "long")),
            threading.Thread(target=run, args=(program, two, ("--call-seconds", SHORT), found, "short")),
        ]
        for thread in runs:
            thread.start()
        for thread in runs:
            thread.join()
    if len(found) < 2:
        print("FAILED: a run came to nothing")
        return 1
    wrong = [f"{name}: {fault['detail']}" for name, run in found.items() for fault in run["faults"]]
    costs = {name: run["server"]["us_per_frame"] for name, run in found.items()}
    ratio = costs["long"] / costs["short"] if costs["short"] else float("inf")
    rise = found["long"]["server"]["rss_kib"] / found["long"]["early_kib"]
    if ratio > MUST:
        wrong.append(f"a frame of a long call costs {ratio:.3f} of one of a short call; must be at most {MUST}")
    if rise > 1.1:
        wrong.append(f"the server of long calls grew from {found['long']['early_kib']} to {found['long']['server']['rss_kib']} KiB")
    frames = {name: run["frames_received"] for name, run in found.items()}
    if not all(frames.values()) or found["short"]["calls_ended"] < CALLS:
        wrong.append(f"too little came about: {frames} frames, {found['short']['calls_ended']} short calls ended")
    out = ["# A long call and many short ones", "",
           f"Made by `bench/capacity/hour.sh` on {datetime.date.today()}: {machine(sys.executable)}. Two servers side by side, each with "
           f"{CALLS} calls at a time of the dialect twilio and the bot `echo`, for {MINUTES:g} minutes; the machine's load average at the "
           f"end was {os.getloadavg()[2]:.1f}.", "",
           "| | CPU µs a frame | frames that came back | calls that ended | resident KiB early and late | faults |", "|" + " --- |" * 6]
    for name, words in (("long", f"calls of {MINUTES:g} minutes"), ("short", f"calls of {SHORT} s")):
        each = found[name]
        out.append(f"| {words} | {costs[name]:.1f} | {each['frames_received']:,} | {each['calls_ended']:,} "
                   f"| {each['early_kib']:,} {each['server']['rss_kib']:,} | {len(each['faults'])} |")
    out += ["", f"A frame of a long call costs {ratio:.3f} of one of a short call, whose beginning and end it carries a share of."]
    if wrong:
        out += ["", "What was wrong:", ""] + [f"* {words}" for words in wrong]
    if MINUTES < 60:
        print("\n".join(out))
    else:
        with open(os.path.join(RESULTS, "hour.md"), "w") as file:
            file.write("\n".join(out) + "\n")
    print("\n".join(f"FAILED: {words}" for words in wrong) or f"long calls cost {ratio:.3f} of short ones")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
