# SPDX-License-Identifier: Apache-2.0
"""Kills a server again and again under calls, and looks for what is lost: kill_nine.py PROGRAM FOLDER RUNS SEED"""
import asyncio
import os
import random
import shutil
import sys
import time

from callers import Call, Endpoint, Server, make, records
from recorded import Recording, Unplayable, faults, files, read

# Calls at a time, and the longest that one lasts.
CALLERS = 40
LONGEST = 3.0
# What ended, or began, this long before a kill must be there; records are written a few milliseconds after.
GRACE = 0.5
STARTUP = 2.0
# In how many seconds the last server tells what is in the spool.
PATIENCE = 60
# What may lack at the end of a recording, in seconds: of a call that was cut, and of one that ended so long before.
LEAST_RECORDED = 1.0
SETTLED = 2.0
MOST_ENDED_LACKS = 0.25


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


def judge_recordings(calls, run, kill, found, read):
    """Each call of a run that spoke for long enough has one recording, which can be played and lacks no more than its last
    second. Returns what is wrong, and what was played: seconds by file."""
    wrong, played = [], {}
    for name, (of, call) in calls.items():
        if of != run or not call.started:
            continue
        spoken = call.sent * 0.02
        paths = found.get(name, [])
        # What ended long before the kill is whole.
        lost = MOST_ENDED_LACKS if call.ended and call.ended < kill - SETTLED else LEAST_RECORDED
        if len(paths) != 1:
            if paths or spoken > lost + GRACE:
                wrong.append(f"{name} spoke for {spoken:.2f} s and has {len(paths)} recordings")
            continue
        try:
            recording = read(paths[0])
        except Unplayable as unplayable:
            # A file that has just been created holds nothing, not even a header.
            if os.path.getsize(paths[0]) or spoken > lost:
                wrong.append(str(unplayable))
            continue
        played[paths[0]] = recording.seconds
        wrong += faults(name, recording, spoken, lost)
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


def prove_recordings(folder, paths, spoken, opened):
    """Files that were good are damaged, each in its own way, and what is wrong must be named."""
    def damaged(path, change):
        copy = os.path.join(folder, "planted" + path[path.index(".wav"):])
        shutil.copy(path, copy)
        with open(copy, "r+b") as file:
            change(file, os.path.getsize(copy))
        return copy

    def flip(file, size):
        file.seek(size // 2)
        byte = file.read(1)[0]
        file.seek(size // 2)
        file.write(bytes([byte ^ 1]))

    def shorten(file, size):
        # As long as its header says, and yet two seconds short.
        file.truncate(size - 64_000)
        for place, length in ((4, size - 64_008), (40, size - 64_044)):
            file.seek(place)
            file.write(length.to_bytes(4, "little"))

    def silence(file, size):
        file.seek(44)
        file.write(bytes(size - 44))

    def cut(file, size):
        file.truncate(size - 64_000)

    planted = {"has the caller in": ("plain", silence), "samples and has": ("plain", cut),
               "s of": ("plain", shorten), "cannot be played": ("plain", lambda file, _: file.truncate(20)),
               "was changed": ("sealed", flip), "s of a sealed": ("sealed", cut)}
    for words, (kind, change) in planted.items():
        path = damaged(paths[kind], change)
        name = "one"
        one = Call(name)
        one.started, one.sent = 1, int(spoken[kind] / 0.02)
        wrong, _ = judge_recordings({name: (0, one)}, 0, 10, {name: [path]}, opened)
        os.remove(path)
        if not wrong:
            sys.exit(f"FAILED: the judge does not see a recording planted that '{words}'")
    one = Call("none")
    one.started, one.sent = 1, 100
    if not judge_recordings({"none": (0, one)}, 0, 10, {}, opened)[0]:
        sys.exit("FAILED: the judge does not see that a recording is not there")
    print(f"planted: {len(planted) + 1} recordings that are damaged or not there are seen")


def main():
    prove()
    program, folder, runs, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    database, recordings = os.path.join(folder, "calls.sqlite"), os.path.join(folder, "recordings")
    configurations = [os.path.join(folder, name) for name in ("plain.yaml", "sealed.yaml")]
    calls, kills, startups, wrong, played = {}, [], [], [], {}
    endpoint = Endpoint()
    for configuration in configurations:
        with open(configuration, "a") as file:
            file.write(endpoint.section(os.path.join(folder, "webhooks.sqlite")))

    def opened(path):
        return read(path, program, os.path.join(folder, "key"), folder)

    for run in range(runs):
        chance = random.Random(seed * 1_000 + run)
        server = Server(program, configurations[run % 2])
        startups.append(server.startup)
        until = time.monotonic() + chance.uniform(0.8, 4)
        kills.append(asyncio.run(load(server, run, chance, calls, until)))
        of_run = {name: found for name, found in calls.items() if found[0] == run}
        # As they lie there: nobody has mended anything.
        faulty, seconds = judge_recordings(of_run, run, kills[run], files(recordings), opened)
        wrong += faulty
        played.update(seconds)
        print(f"run {run + 1}: up in {server.startup:.2f} s, {len(of_run)} calls, {len(seconds)} recordings played", flush=True)
    # One more, which recovers what the last left, and ends well.
    server = Server(program, configurations[0])
    startups.append(server.startup)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and untold(calls, kills, endpoint):
        time.sleep(0.2)
    status = server.stop()
    rows = records(program, database)
    lost, completed, begun, cut = judge(calls, kills, rows)
    wrong += lost
    told = sum(1 for name in calls if name in endpoint.ended)
    wrong += untold(calls, kills, endpoint)
    if told == 0:
        wrong.append("no end of a call was told: nothing was proved")
    if status != 0:
        wrong.append(f"the last server ended with status {status}")
    slow = [f"{time:.2f}" for time in startups if time > STARTUP]
    if slow:
        wrong.append(f"{len(slow)} of {len(startups)} starts took longer than {STARTUP} s: {', '.join(slow)}")
    # Whatever was mended since can still be played, and is no shorter.
    for path in (path for path in played if path.endswith(".wav")):
        try:
            if (seconds := Recording(path).seconds) < played[path]:
                wrong.append(f"{path} had {played[path]:.2f} s and has {seconds:.2f} s since the next start")
        except Unplayable as unplayable:
            wrong.append(f"{unplayable}, since the next start")
    named = {row["recording"] for row in rows if row["recording"]}
    unnamed = [path for path in played if os.path.relpath(path, recordings) not in named]
    if unnamed:
        wrong.append(f"{len(unnamed)} recordings stand in no record, such as {unnamed[0]}")
    kinds = {kind: [path for path in played if path.endswith(end)] for kind, end in (("plain", ".wav"), ("sealed", ".sealed"))}
    for kind, paths in kinds.items():
        if not paths:
            wrong.append(f"no {kind} recording was played: nothing was proved")
    longest = {kind: max(paths, key=played.get) for kind, paths in kinds.items() if paths}
    if len(longest) == 2 and min(played[path] for path in longest.values()) < 2.2:
        wrong.append("no recording is long enough to be damaged: nothing was proved")
    if len(longest) == 2 and not wrong:
        prove_recordings(folder, longest, {kind: played[path] for kind, path in longest.items()}, opened)
        # A webhook that was lost, or told twice.
        taken = next(name for name in calls if name in endpoint.ended)
        for ids in (set(), {"one", "another"}):
            endpoint.ended[taken] = ids
            if not untold({taken: (0, calls[taken][1])}, [float("inf")], endpoint):
                sys.exit(f"FAILED: the judge does not see an end that was told under {len(ids)} ids")
        print("planted: an end that was told to nobody, and one that was told under two ids, are seen")
    print(f"recordings played as the kill left them: {len(kinds['plain'])} plain, {len(kinds['sealed'])} sealed")
    print(f"kills: {runs}; calls made {len(calls)}, completed before a kill {completed}, cut by one {begun}, of which recorded "
          f"as interrupted {cut}; records {len(rows)}; ends told by webhooks {told}; starts at most {max(startups):.2f} s; seed {seed}")
    print("\n".join(f"FAILED: {words}" for words in wrong[:20]) or "kill-nine: nothing was lost")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
