# SPDX-License-Identifier: Apache-2.0
"""Kills a server again and again under calls, and looks for what is lost: kill_nine.py PROGRAM FOLDER RUNS SEED"""
import asyncio
import os
import random
import sys
import time
import wave

from callers import Call, Endpoint, Server, make, records

# Calls at a time, and the longest that one lasts.
CALLERS = 40
LONGEST = 2.0
# What ended, or began, this long before a kill must be there; records are written a few milliseconds after.
GRACE = 0.5
STARTUP = 2.0
# In how many seconds the last server tells what is in the spool.
PATIENCE = 60
# What may lack at the end of a recording.
LEAST_RECORDED = 1.0


def judge(calls, kills, rows):
    """What is wrong, in words. `calls`: by name, with the run each was of; `kills`: when each run ended; `rows`: the records."""
    wrong = []
    by_name = {}
    for row in rows:
        by_name.setdefault(row["call_id"], []).append(row)
    completed = begun = cut = 0
    for name, (run, call) in calls.items():
        found = by_name.get(name, [])
        if len(found) > 1:
            wrong.append(f"{name} has {len(found)} records")
        if call.ended and call.ended < kills[run] - GRACE:
            completed += 1
            if [row["state"] for row in found] != ["ended"]:
                wrong.append(f"{name} was completed {kills[run] - call.ended:.2f} s before the kill: {[row['state'] for row in found]}")
        elif call.started and call.started < kills[run] - GRACE:
            begun += 1
            cut += any(row["state"] == "interrupted" for row in found)
            if not found:
                wrong.append(f"{name} began {kills[run] - call.started:.2f} s before the kill and has no record")
    live = [row["call_id"] for row in rows if row["state"] == "live"]
    if live:
        wrong.append(f"{len(live)} records of dead calls are live: {live[0]}")
    for what, count in (("completed calls", completed), ("calls that were cut", begun), ("interrupted records", cut)):
        if count == 0:
            wrong.append(f"there were no {what}: nothing was proved")
    return wrong, completed, begun, cut


def judge_recordings(calls, kills, rows, folder):
    """Each recording that a record names can be played, and lacks no more than its last second."""
    wrong, played = [], 0
    for row in rows:
        run, call = calls.get(row["call_id"], (None, None))
        if not row.get("recording") or call is None or not call.started:
            continue
        path = os.path.join(folder, row["recording"])
        try:
            with wave.open(path) as file:
                seconds = file.getnframes() / file.getframerate()
        except (OSError, EOFError, wave.Error) as error:
            wrong.append(f"{path} cannot be played: {error}")
            continue
        played += 1
        if seconds < call.sent * 0.02 - LEAST_RECORDED:
            wrong.append(f"{path} has {seconds:.1f} s of a call that spoke for {call.sent * 0.02:.1f} s")
    if played == 0:
        wrong.append("no recording was played: nothing was proved")
    return wrong, played


def untold(calls, kills, endpoint):
    """Which of the calls that were completed before a kill were not told to the endpoint under one id."""
    return [f"the end of {name} was told under {len(endpoint.ended.get(name, ()))} ids" for name, (run, call) in calls.items()
            if call.ended and call.ended < kills[run] - GRACE and len(endpoint.ended.get(name, ())) != 1]


def prove():
    """Each planted loss must be named."""
    def call(name, started, ended):
        one = Call(name)
        one.started, one.ended = started, ended
        return one
    calls = {"done": (0, call("done", 1, 2)), "cut": (0, call("cut", 8, None))}
    kills = [10]
    rows = [{"call_id": "done", "state": "ended"}, {"call_id": "cut", "state": "interrupted"}]
    if judge(calls, kills, rows)[0]:
        sys.exit("FAILED: the judge finds fault with a server that lost nothing")
    planted = {
        "was completed": rows[1:], "has no record": rows[:1], "has 2 records": [*rows, rows[0]],
        "are live": [rows[0], dict(rows[1], state="live")], "nothing was proved": [rows[0], dict(rows[1], state="ended")],
    }
    for name, lost in planted.items():
        if not any(name in words for words in judge(calls, kills, lost)[0]):
            sys.exit(f"FAILED: the judge does not see the planted fault '{name}'")
    print(f"planted: {len(planted)} losses are seen")


async def load(server, run, chance, calls, until):
    """Callers, one call after the other each, until the time."""
    async def caller(number):
        count = 0
        while time.monotonic() < until:
            name = f"CAk{run}n{number}c{count}"
            count += 1
            one = Call(name)
            calls[name] = (run, one)
            await make(one, server.port, "/echo", chance.uniform(0.1, LONGEST))
            await asyncio.sleep(chance.uniform(0, 0.1))
    workers = [asyncio.create_task(caller(number)) for number in range(CALLERS)]
    await asyncio.sleep(max(0, until - time.monotonic()))
    server.kill()
    killed = time.monotonic()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    return killed


def main():
    prove()
    program, folder, runs, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    database = os.path.join(folder, "calls.sqlite")
    configuration = os.path.join(folder, "server.yaml")
    has_recordings = os.path.isdir(os.path.join(folder, "recordings"))
    calls, kills, startups = {}, [], []
    endpoint = Endpoint()
    with open(configuration, "a") as file:
        file.write(endpoint.section(os.path.join(folder, "webhooks.sqlite")))
    for run in range(runs):
        chance = random.Random(seed * 1_000 + run)
        server = Server(program, configuration)
        startups.append(server.startup)
        until = time.monotonic() + chance.uniform(0.8, 4)
        kills.append(asyncio.run(load(server, run, chance, calls, until)))
        print(f"run {run + 1}: up in {server.startup:.2f} s, "
              f"{sum(1 for of, _ in calls.values() if of == run)} calls", flush=True)
    # One more, which recovers what the last left, and ends well.
    server = Server(program, configuration)
    startups.append(server.startup)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and untold(calls, kills, endpoint):
        time.sleep(0.2)
    status = server.stop()
    rows = records(program, database)
    wrong, completed, begun, cut = judge(calls, kills, rows)
    told = sum(1 for name in calls if name in endpoint.ended)
    wrong += untold(calls, kills, endpoint)
    if told == 0:
        wrong.append("no end of a call was told: nothing was proved")
    if status != 0:
        wrong.append(f"the last server ended with status {status}")
    slow = [f"{time:.2f}" for time in startups if time > STARTUP]
    if slow:
        wrong.append(f"{len(slow)} of {len(startups)} starts took longer than {STARTUP} s: {', '.join(slow)}")
    if has_recordings:
        faults, played = judge_recordings(calls, kills, rows, os.path.join(folder, "recordings"))
        wrong += faults
        print(f"recordings played: {played}")
    print(f"kills: {runs}; calls made {len(calls)}, completed before a kill {completed}, cut by one {begun}, of which recorded "
          f"as interrupted {cut}; records {len(rows)}; ends told by webhooks {told}; starts at most {max(startups):.2f} s; seed {seed}")
    print("\n".join(f"FAILED: {words}" for words in wrong[:20]) or "kill-nine: nothing was lost")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
