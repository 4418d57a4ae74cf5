# SPDX-License-Identifier: Apache-2.0
"""Measures builds of the server beside each other, and writes ../results/flags.md.

    flags.py LOAD NAME=PROGRAM… (the first is what the others are held to)

Environment: ROUNDS, SECONDS_EACH, SETTLE and CALLS as of capacity.py; RESULTS, the folder to write to. Instructions are those of
Tests/Checks/instructions-per-frame.sh, which is asked for each build.
"""
import datetime
import os
import re
import statistics
import subprocess
import sys
import tempfile
from report import RESULTS, machine, spread
from servers import Servers, settle

HERE = os.path.dirname(os.path.abspath(__file__))
CHECK = os.path.join(HERE, "..", "..", "Tests", "Checks", "instructions-per-frame.sh")
ROUNDS = int(os.environ.get("ROUNDS", 3))
SECONDS = os.environ.get("SECONDS_EACH", "5")
SETTLE = os.environ.get("SETTLE", "16")
CALLS = int(os.environ.get("CALLS", 200))


def instructions(program):
    """User instructions of a frame; None when the check told none."""
    done = subprocess.run([CHECK], capture_output=True, text=True, env=dict(os.environ, VOICEBRIDGE=program))
    found = re.search(r"([\d,]+) instructions per frame", done.stdout)
    return int(found[1].replace(",", "")) if found else None


def main():
    load, *pairs = sys.argv[1:]
    builds = dict(pair.rsplit("=", 1) for pair in pairs)
    names = list(builds)
    costs = {name: [] for name in names}
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            for name in names[turn % len(names):] + names[: turn % len(names)]:
                servers = Servers(builds[name], folder, sys.executable, "")
                with servers.start("VoiceBridge stage", "twilio") as server:
                    found = server.load(load, CALLS, SECONDS, "--dialect", "twilio", "--settle", SETTLE)
                if found["faults"]:
                    wrong.append(f"{name}: {'; '.join(fault['detail'] for fault in found['faults'])}")
                else:
                    costs[name].append(found["server"]["us_per_frame"])
                print(f"{name}: {found['server']['us_per_frame']} µs a frame {found['faults'] or ''}", flush=True)
                settle(0.5)
    counted = {name: instructions(program) for name, program in builds.items()}
    out = ["# Ways of building the server, each alone", "",
           f"Made by `bench/capacity/flags.sh` on {datetime.date.today()}: {machine(sys.executable)}. The bot `echo` under {CALLS} calls "
           f"of the dialect twilio, plain, {ROUNDS} rounds of {SECONDS} s in turns; microseconds are of this machine, ratios are to be "
           f"compared.", "",
           "| build | CPU µs a frame | spread | of the first | user instructions a frame | of the first | program, MB |", "|" + " --- |" * 7]
    base = statistics.median(costs[names[0]]) if costs[names[0]] else None
    for name in names:
        middle = statistics.median(costs[name]) if costs[name] else None
        count, first = counted[name], counted[names[0]]
        out.append(
            f"| {name} | {f'{middle:.1f}' if middle else '–'} | {spread(costs[name])} | {f'{middle / base:.2f}' if middle and base else '–'} "
            f"| {f'{count:,}' if count else '–'} | {f'{count / first:.2f}' if count and first else '–'} "
            f"| {os.path.getsize(builds[name]) / 1e6:.0f} |"
        )
    if wrong:
        out += ["", "Runs that were no measurements:", ""] + [f"* {words}" for words in wrong]
    with open(os.path.join(RESULTS, "flags.md"), "w") as file:
        file.write("\n".join(out) + "\n")
    print("\n".join(out[4:]))
    missing = [name for name in names if not costs[name] or not counted[name]]
    print("\n".join(f"FAILED: nothing measured for {name}" for name in missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
