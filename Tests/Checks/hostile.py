# SPDX-License-Identifier: Apache-2.0
"""A server in a bad place: disk full, records locked, an endpoint of webhooks that fails or is slow, no
descriptors left, a clock that is set. Calls must keep their sound, the log must say it once, the server's figures show it, and
all must be well by itself after: hostile.py PROGRAM FOLDER CLOCKSTEP"""
import asyncio
import os
import resource
import sqlite3
import sys
import time

from callers import Call, Endpoint, Server, make, records

# Calls at a time, and how long each speaks.
CALLERS = 20
SECONDS = 1.5
# What of a call's sound must come back, and the longest silence in it that a busy machine may cause, in seconds.
LEAST_BACK = 0.9
LONGEST_GAP = 1.0
# Of a processor, while nothing can be accepted: a loop that spins takes more than half where others want it too.
MOST_BUSY = 0.3
# In how many seconds all is written, or taken, again once the trouble is over.
PATIENCE = 30


class Check:
    """What was found in one place."""

    def __init__(self, name, program, folder):
        self.name, self.program = name, program
        self.folder = os.path.join(folder, name)
        os.mkdir(self.folder)
        self.database = os.path.join(self.folder, "calls.sqlite")
        self.configuration = os.path.join(self.folder, "server.yaml")
        with open(self.configuration, "w") as file:
            # A machine that is busy with other things must not make the server refuse calls.
            file.write("limits: {lag: off, busy: off, connections_per_source: 10000}\n"
                       f"records: {{path: {self.database}}}\n"
                       "routes:\n  - {path: /echo, dialect: twilio, authentication: {none: true}, bot: echo}\n")
        self.wrong, self.calls = [], []

    def expect(self, holds, words):
        if not holds:
            self.wrong.append(words)

    async def make(self, server, name, count=CALLERS, seconds=SECONDS):
        """Makes calls at once, all of which must keep their sound."""
        calls = [Call(f"CA{self.name}{name}{number}") for number in range(count)]
        self.calls += calls
        await asyncio.gather(*(make(call, server.port, "/echo", seconds) for call in calls))
        return calls

    def judge(self, calls):
        """Each call was taken, kept its sound and was ended as it should be."""
        for call in calls:
            if call.status != 101 or not call.ended:
                self.wrong.append(f"{call.name} was answered {call.status}, ended: {call.ended is not None}")
            elif call.received < call.sent * LEAST_BACK or call.longest_gap > LONGEST_GAP:
                self.wrong.append(f"{call.name} heard {call.received} of {call.sent} frames, {call.longest_gap:.2f} s apart at most")
        self.expect(calls, "no calls were made: nothing was proved")

    def judge_records(self):
        """Every call that was made has one record, and is ended."""
        rows = {}
        for row in records(self.program, self.database):
            rows.setdefault(row["call_id"], []).append(row)
        for call in self.calls:
            states = [row["state"] for row in rows.get(call.name, [])]
            if call.ended and states != ["ended"]:
                self.wrong.append(f"{call.name} has the records {states}")
        self.expect(rows, "no records were written: nothing was proved")
        return rows

    def told(self, server, level, words):
        """How often the log said it."""
        return sum(1 for entry in server.lines(level) if words in entry["message"])

    def stop(self, server):
        self.expect(server.stop() == 0, "the server did not end well")


async def until(holds):
    """Waits until it holds, for as long as there is patience."""
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(0.1)


async def without_writing(check, begin, end):
    """Calls before, during and after a time in which no record can be written."""
    server = Server(check.program, check.configuration)
    check.judge(await check.make(server, "before"))
    begin(server)
    during = await check.make(server, "during")
    check.judge(during)
    check.judge(await check.make(server, "still"))
    missing = {call.name for call in during} - {row["call_id"] for row in records(check.program, check.database)
                                                if row["state"] == "ended"}
    check.expect(missing, "every record was written in the trouble: there was none, nothing was proved")
    check.expect(len(server.lines("error")) == 1, f"the log has {len(server.lines('error'))} errors, not one")
    end(server)
    await until(lambda: check.told(server, "notice", "written again"))
    check.expect(check.told(server, "notice", "written again") == 1, "the log did not say once that it was over")
    check.judge(await check.make(server, "after"))
    check.stop(server)
    check.judge_records()


async def disk_full(check):
    """No file may grow: as on a disk that is full."""
    def limit(server, size):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    # The log goes on: it is what tells of it. It is beyond this size only in a run that logs more than any of these.
    files = [check.database, check.database + "-wal"]
    await without_writing(check, lambda server: limit(server, max(os.path.getsize(file) for file in files)),
                          lambda server: limit(server, resource.RLIM_INFINITY))


async def database_locked(check):
    """Another program holds the records."""
    other = []

    def lock(_):
        other.append(sqlite3.connect(check.database, isolation_level=None))
        other[0].execute("BEGIN IMMEDIATE")

    await without_writing(check, lock, lambda _: other[0].execute("COMMIT"))


async def no_descriptors(check):
    """More connections than the process may have files: those that are up go on, and nothing spins."""
    most = 96
    server = Server(check.program, check.configuration,
                    limits=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)))
    # One is answered before: who asks must not be kept out himself.
    server.load()
    live = asyncio.create_task(check.make(server, "live", count=5, seconds=8))
    await asyncio.sleep(1)
    idle = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(2 * most)]
    before, began = server.processor(), time.monotonic()
    await asyncio.sleep(4)
    share = (server.processor() - before) / (time.monotonic() - began)
    check.expect(share < MOST_BUSY, f"the server took {share:.0%} of a processor while it could accept nothing")
    for _, writer in idle:
        writer.close()
    check.judge(await live)
    await asyncio.sleep(6)
    check.judge(await check.make(server, "after"))
    errors = [entry for entry in server.lines("error") if "cannot be accepted" in entry["message"]]
    check.expect(len(errors) == 1, f"the log said {len(errors)} times that nothing can be accepted, not once")
    check.expect(check.told(server, "notice", "accepted again") == 1, "the log did not say once that it was over")
    check.expect(server.load()["refused"].get("accept_failed", 0) > 0, "/load does not count what was not accepted")
    check.stop(server)
    check.judge_records()
    print(f"no descriptors: {share:.1%} of a processor while nothing could be accepted")


async def endpoint_down(check):
    """An endpoint of webhooks answers with 500, then not in time: calls do not notice, and each end is told once after."""
    endpoint = Endpoint()
    with open(check.configuration, "a") as file:
        file.write(endpoint.section(os.path.join(check.folder, "webhooks.sqlite")))
    server = Server(check.program, check.configuration)
    check.judge(await check.make(server, "before"))
    await until(lambda: len(endpoint.ended) == CALLERS)
    endpoint.status = 500
    check.judge(await check.make(server, "during"))
    endpoint.delay = 2.0
    check.judge(await check.make(server, "slow"))
    await until(lambda: check.told(server, "warning", "endpoint of webhooks fails")
                + check.told(server, "error", "endpoint of webhooks fails"))
    check.expect(endpoint.refused > 0, "the endpoint refused nothing: nothing was proved")
    endpoint.status, endpoint.delay = 200, 0.0
    await until(lambda: len(endpoint.ended) == 3 * CALLERS)
    check.judge(await check.make(server, "after"))
    await until(lambda: len(endpoint.ended) == 4 * CALLERS)
    said = sum(check.told(server, level, "endpoint of webhooks fails") for level in ("warning", "error"))
    check.expect(said == 1, f"the log said {said} times that the endpoint fails, not once")
    check.expect(check.told(server, "notice", "takes events again") == 1, "the log did not say once that it was over")
    check.stop(server)
    check.judge_records()
    for call in check.calls:
        ids = endpoint.ended.get(call.name, ())
        check.expect(len(ids) == 1, f"the end of {call.name} was told under {len(ids)} ids")


async def clock_set(check, library):
    """The time of day is set ahead by a day, back by two, and right again, under calls."""
    offset = os.path.join(check.folder, "offset")

    def step(seconds):
        with open(offset, "r+b" if os.path.exists(offset) else "wb") as file:
            file.write(seconds.to_bytes(8, sys.byteorder, signed=True))

    step(0)
    server = Server(check.program, check.configuration, environment={"LD_PRELOAD": library, "CLOCKSTEP": offset})
    live = asyncio.create_task(check.make(server, "live", seconds=6))
    for seconds in (86_400, -86_400, 0):
        await asyncio.sleep(1.5)
        step(seconds)
        check.judge(await check.make(server, f"at{seconds}", count=5, seconds=0.5))
    check.judge(await live)
    check.stop(server)
    rows = check.judge_records()
    stepped = 0
    for name, found in rows.items():
        wanted = 6_000 if "live" in name else 500
        duration = found[0]["duration_ms"]
        check.expect(wanted * 0.9 <= duration < wanted + 4_000, f"{name} lasted {duration} ms, by its record")
        began = found[0]["started_at"]
        stepped += not began.startswith(time.strftime("%Y-%m-%d", time.gmtime()))
    check.expect(stepped > 0, "no record has the time that was set: nothing was proved")


def main():
    program, folder, library = sys.argv[1:4]
    failed = False
    places = {"full": ("disk full", disk_full), "locked": ("records locked", database_locked),
              "hooks": ("endpoint down", endpoint_down), "files": ("no descriptors", no_descriptors), "clock": ("clock set", lambda check: clock_set(check, library))}
    for short, (name, body) in places.items():
        check = Check(short, program, folder)
        asyncio.run(body(check))
        made, kept = len(check.calls), sum(1 for call in check.calls if call.ended)
        print(f"{name}: {made} calls, {kept} kept their sound to the end")
        print("\n".join(f"FAILED: {name}: {words}" for words in check.wrong[:10]) or f"{name}: as it should be", flush=True)
        failed |= bool(check.wrong)
    sys.exit(1 if failed else 0)


main()
