# SPDX-License-Identifier: Apache-2.0
"""A server in a bad place: disk full, records locked, endpoints of webhooks that fail or do not answer, no descriptors left, a
clock that is set. Calls must keep their sound, the log must say it once, the figures for Prometheus show it, and all must be
well by itself after: hostile.py PROGRAM FOLDER [PART…]"""
import asyncio
import os
import resource
import socket
import sqlite3
import subprocess
import sys
import time

from callers import Call, Endpoint, Server, make, records
from recorded import Unplayable, faults, files, read

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
# What a recording of a call that ended may lack, in seconds.
LEAST_RECORDED = 0.3
# Connections that nobody speaks on, and how many descriptors the server has.
IDLE = 10_500
DESCRIPTORS = 10_000
# Tries that an endpoint must see while it fails: waits of 1, 2, 4 and 8 s lie between them, each shortened by half at most.
TRIES = 5


class Check:
    """What was found in one place."""

    def __init__(self, name, program, folder):
        self.name, self.program = name, program
        self.folder = os.path.join(folder, name)
        os.mkdir(self.folder)
        self.database = os.path.join(self.folder, "calls.sqlite")
        self.recordings = os.path.join(self.folder, "recordings")
        os.mkdir(self.recordings)
        self.configuration = os.path.join(self.folder, "server.yaml")
        with open(self.configuration, "w") as file:
            # A machine that is busy with other things must not make the server refuse calls.
            file.write("limits: {lag: off, busy: off, connections_per_source: 10000, handshake_timeout: 60s}\n"
                       f"records: {{path: {self.database}}}\n"
                       f"recording: {{folder: {self.recordings}, buffer: 2s}}\n"
                       "routes:\n  - {path: /echo, dialect: twilio, authentication: {none: true}, bot: echo}\n")
        self.wrong, self.calls, self.figures = [], [], 0

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

    def show(self, page, when, **wanted):
        """Judges figures of a page for Prometheus: a value, or the least that it may be, as a text behind `>`."""
        for name, value in wanted.items():
            found = page.get("voicebridge_" + name, page.get(name))
            least = float(value[1:]) if isinstance(value, str) else None
            self.figures += 1
            if found is None or (found <= least if least is not None else found != value):
                self.wrong.append(f"{name} is {found} {when}, not {value}")

    def judge_recordings(self, lossy=()):
        """Every call that was ended has one recording, which can be played and lacks nothing; the lossy ones' have silence
        where the disk took nothing."""
        found, played = files(self.recordings), 0
        for call in self.calls:
            if not call.ended:
                continue
            paths = found.get(call.name, [])
            if len(paths) != 1:
                self.wrong.append(f"{call.name} has {len(paths)} recordings")
                continue
            try:
                recording = read(paths[0], self.program, None, self.folder)
            except Unplayable as unplayable:
                self.wrong.append(str(unplayable))
                continue
            played += 1
            if call in lossy:
                self.expect(0.1 < recording.caller < 0.9, f"{paths[0]} has the caller in {recording.caller:.0%} of it, and lost some")
            self.wrong += [words for words in faults(call.name, recording, call.sent * 0.02, LEAST_RECORDED)
                           if call not in lossy or "has the caller" not in words]
        self.expect(played, "no recording was played: nothing was proved")
        return played

    def judge_records(self, lossy=()):
        """Every call that was made has one record, and is ended, and says whether its recording is whole."""
        rows = {}
        for row in records(self.program, self.database):
            rows.setdefault(row["call_id"], []).append(row)
        for call in self.calls:
            states = [row["state"] for row in rows.get(call.name, [])]
            if call.ended and states != ["ended"]:
                self.wrong.append(f"{call.name} has the records {states}")
            elif call.ended and rows[call.name][0]["recording_whole"] != (call not in lossy):
                self.wrong.append(f"the record of {call.name} says whole: {rows[call.name][0]['recording_whole']}")
        self.expect(rows, "no records were written: nothing was proved")
        return rows

    def told(self, server, level, words):
        """How often the log said it."""
        return sum(1 for entry in server.lines(level) if words in entry["message"])

    def once(self, server, level, *words):
        """Each of these was said once."""
        for said in words:
            count = self.told(server, level, said)
            self.expect(count == 1, f"the log said {count} times, not once: {said}")

    def stop(self, server):
        self.expect(server.stop() == 0, "the server did not end well")


async def until(holds):
    """Waits until it holds, for as long as there is patience."""
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(0.1)


async def disk_full(check):
    """No file may grow. What can wait does; of a recording, what is more than its buffer holds is lost, and said."""
    switch = os.path.join(check.folder, "full")

    def fill(is_full):
        with open(switch, "r+b" if os.path.exists(switch) else "wb") as file:
            file.write(bytes([is_full]))

    fill(False)
    endpoint = Endpoint()
    with open(check.configuration, "a") as file:
        file.write(endpoint.section(os.path.join(check.folder, "webhooks.sqlite")))
    library = os.path.join(os.path.dirname(check.folder), "diskfull.so")
    server = Server(check.program, check.configuration, environment={"LD_PRELOAD": library, "DISKFULL": switch})
    check.judge(await check.make(server, "before"))
    await until(lambda: server.metrics()["voicebridge_recordings_completed_total"] == CALLERS
                and server.metrics()["voicebridge_records_written_total"] == CALLERS)
    check.show(server.metrics(), "before", records_in_trouble=0, recordings_in_trouble=0, webhooks_in_trouble=0)
    fill(True)
    # These speak for longer than what may wait of them.
    speaking = asyncio.create_task(check.make(server, "long", count=3, seconds=11))
    during = await check.make(server, "during")
    check.judge(during)
    page = server.metrics()
    check.show(page, "while the disk is full", records_in_trouble=1, recordings_in_trouble=1, webhooks_in_trouble=1,
               records_failures_total=">0", webhooks_spool_failures_total=">0", records_pending=f">{CALLERS - 1}",
               recordings=f">{CALLERS - 1}", records_written_total=CALLERS, calls=">2")
    check.judge(await check.make(server, "still"))
    missing = {call.name for call in during} - {row["call_id"] for row in records(check.program, check.database)
                                                if row["state"] == "ended"}
    check.expect(len(missing) == CALLERS, f"{CALLERS - len(missing)} records were written on a full disk")
    await asyncio.sleep(1)
    fill(False)
    check.judge(await speaking)
    check.judge(await check.make(server, "after"))
    wanted = 4 * CALLERS + 3
    await until(lambda: len(endpoint.ended) == wanted
                and server.metrics()["voicebridge_recordings_completed_total"] == wanted)
    page = server.metrics()
    check.show(page, "after", records_in_trouble=0, recordings_in_trouble=0, webhooks_in_trouble=0, records_pending=0,
               records_written_total=wanted, recordings=0, recordings_completed_total=wanted, recordings_refused_total=0,
               recordings_given_up_total=0, recordings_lost_bytes_total=">0", webhooks_pending=0, webhooks_queued=0,
               webhooks_delivered_total=wanted, webhooks_dropped_total=0, webhooks_dead_total=0)
    check.once(server, "error", "records cannot be written", "recordings cannot be written",
               "events cannot be put into the spool")
    check.once(server, "notice", "records are written again", "recordings are written again",
               "events are put into the spool again")
    check.stop(server)
    lossy = await speaking
    check.judge_records(lossy)
    played = check.judge_recordings(lossy)
    told_once(check, endpoint)
    print(f"disk full: {len(missing)} records waited in memory, {played} recordings played, of which {len(lossy)} lack what did "
          f"not fit into memory: {page['voicebridge_recordings_lost_bytes_total']:.0f} bytes")


async def database_locked(check):
    """Another program holds the records."""
    server = Server(check.program, check.configuration)
    check.judge(await check.make(server, "before"))
    await until(lambda: server.metrics()["voicebridge_records_pending"] == 0)
    other = sqlite3.connect(check.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    during = await check.make(server, "during")
    check.judge(during)
    check.judge(await check.make(server, "still"))
    # The database is waited for a little before that is a trouble.
    await until(lambda: server.metrics()["voicebridge_records_in_trouble"])
    page = server.metrics()
    check.show(page, "while locked", records_in_trouble=1, records_failures_total=">0", records_pending=2 * CALLERS,
               records_written_total=CALLERS, recordings_in_trouble=0, records_refused_total=0)
    missing = {call.name for call in during} - {row["call_id"] for row in records(check.program, check.database)
                                                if row["state"] == "ended"}
    check.expect(missing, "every record was written in the trouble: there was none, nothing was proved")
    check.expect(len(server.lines("error")) == 1, f"the log has {len(server.lines('error'))} errors, not one")
    other.execute("COMMIT")
    await until(lambda: check.told(server, "notice", "records are written again"))
    check.once(server, "notice", "records are written again")
    check.judge(await check.make(server, "after"))
    await until(lambda: server.metrics()["voicebridge_records_pending"] == 0)
    check.show(server.metrics(), "after", records_in_trouble=0, records_written_total=4 * CALLERS, records_pending=0)
    check.stop(server)
    check.judge_records()
    print(f"records locked: {len(missing)} records waited in memory, {check.judge_recordings()} recordings played")


def idle(port, count):
    """Makes connections on which nothing is said, from several addresses, and tells how many the server keeps; until its
    standard input ends."""
    connections = []
    for number in range(count):
        connection = socket.socket()
        connection.bind((f"127.0.0.{2 + number % 4}", 0))
        connection.settimeout(20)
        connection.connect(("127.0.0.1", port))
        connections.append(connection)
    time.sleep(1)
    kept = 0
    for connection in connections:
        connection.setblocking(False)
        try:
            connection.recv(1)
        except BlockingIOError:
            kept += 1
        except OSError:
            pass
    print(kept, flush=True)
    sys.stdin.read()


async def no_descriptors(check):
    """More connections than the process may have files: those that are up go on, some files are kept for them and for whoever
    asks how the server is; and when even these are gone, nothing spins."""
    server = Server(check.program, check.configuration,
                    limits=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS)))
    kept_open = server.admin()
    began = server.metrics(kept_open)
    check.show(began, "before", process_max_fds=DESCRIPTORS)
    live = asyncio.create_task(check.make(server, "live", count=5, seconds=25))
    await asyncio.sleep(1)
    silent = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "idle", str(server.port), str(IDLE), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    connected = int(await asyncio.wait_for(silent.stdout.readline(), 60))
    check.expect(IDLE - 2_000 < connected < DESCRIPTORS, f"{connected} connections of {IDLE} were kept")
    # Whoever asks on a connection of his own is answered.
    page = server.metrics()
    check.show(page, "with all descriptors taken", process_open_fds=f">{DESCRIPTORS - 700}",
               connections=f">{DESCRIPTORS - 800}", **{'refused_total{reason="accept_failed"}': ">0"})
    check.expect(server.ask("/healthz"), "/healthz says nothing")
    # A call that comes now is closed at once, so that its platform can try elsewhere, and no call is made of it.
    refused = [Call(f"CArefused{number}") for number in range(5)]
    at = time.monotonic()
    await asyncio.gather(*(make(call, server.port, "/echo", 1) for call in refused))
    check.expect(not any(call.status for call in refused) and time.monotonic() - at < 2, "a call beyond the limit was not refused at once")
    # Now there is none for anything.
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (64, DESCRIPTORS))
    waiting = [await asyncio.open_connection("127.0.0.1", port) for port in 10 * [server.port] + [server.admin_port]]
    before, at = server.processor(), time.monotonic()
    await asyncio.sleep(4)
    share = (server.processor() - before) / (time.monotonic() - at)
    check.expect(share < MOST_BUSY, f"the server took {share:.0%} of a processor while it could accept nothing")
    page = server.metrics(kept_open)
    check.show(page, "with no descriptor at all", process_open_fds=64, process_max_fds=64, calls=">4")
    check.judge(await live)
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    silent.stdin.close()
    for _, writer in waiting:
        writer.close()
    await silent.wait()
    await asyncio.sleep(6)
    check.judge(await check.make(server, "after"))
    await until(lambda: server.metrics()["process_open_fds"] < 100)
    page = server.metrics()
    check.expect(page["process_open_fds"] < 100, f"{page['process_open_fds']:.0f} descriptors are open after")
    check.show(page, "after", connections=0, process_start_time_seconds=began["process_start_time_seconds"],
               records_in_trouble=0, recordings_in_trouble=0)
    said = [entry for entry in server.lines() if entry.get("port") == "public"]
    for level, words in (("error", "cannot be accepted"), ("notice", "accepted again")):
        count = sum(1 for entry in said if entry["level"] == level and words in entry["message"])
        check.expect(count == 1, f"the log said {count} times, not once: {words}")
    check.expect(server.load()["refused"].get("accept_failed", 0) > 0, "/load does not count what was not accepted")
    check.stop(server)
    check.judge_records()
    refusals = page['voicebridge_refused_total{reason="accept_failed"}']
    print(f"no descriptors: {connected} silent connections were kept, {refusals:.0f} not accepted; {share:.1%} of a processor while "
          f"nothing could be accepted; {check.judge_recordings()} recordings played")


def told_once(check, *endpoints):
    """Each call's end was told to each endpoint under one id, and all were told in the same order."""
    for endpoint in endpoints:
        for call in check.calls:
            ids = endpoint.ended.get(call.name, ())
            check.expect(len(ids) == 1, f"the end of {call.name} was told to {endpoint.name} under {len(ids)} ids")
        check.expect(endpoint.order == endpoints[0].order, f"{endpoint.name} was told in another order than {endpoints[0].name}")


async def endpoints_down(check):
    """One endpoint of webhooks answers with 500, one not in time, one as it should: calls do not notice, the waits grow, and
    each end is told once to each, in order."""
    well, failing, hanging = Endpoint("well"), Endpoint("failing"), Endpoint("hanging")
    with open(check.configuration, "a") as file:
        file.write(well.section(os.path.join(check.folder, "webhooks.sqlite"), failing, hanging))
    server = Server(check.program, check.configuration)
    check.judge(await check.make(server, "before"))
    await until(lambda: server.metrics()["voicebridge_webhooks_delivered_total"] == 3 * CALLERS)
    failing.status, hanging.delay = 500, 4.0
    check.judge(await check.make(server, "during"))
    check.judge(await check.make(server, "still"))
    deadline = time.monotonic() + 60
    while min(len(failing.tries), len(hanging.tries)) < TRIES and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    page = server.metrics()
    # The one that is well has all of it, the two others none.
    check.show(page, "while two fail", webhooks_failing=2, webhooks_pending=4 * CALLERS, webhooks_failures_total=f">{2 * TRIES - 2}",
               webhooks_delivered_total=5 * CALLERS, webhooks_in_trouble=0, webhooks_dead_total=0)
    steps = []
    for endpoint, answered in ((failing, 0.0), (hanging, 1.0)):
        check.expect(len(endpoint.tries) >= TRIES, f"{endpoint.name} was tried {len(endpoint.tries)} times: nothing was proved")
        check.expect(len({call for _, call in endpoint.tries}) == 1, f"{endpoint.name} was told of others before the first was taken")
        times = [at for at, _ in endpoint.tries]
        waits = [later - earlier - answered for earlier, later in zip(times, times[1:])]
        steps.append(", ".join(f"{wait:.1f}" for wait in waits) + f" s ({endpoint.name})")
        for number, wait in enumerate(waits):
            # A busy machine may be late by a little.
            check.expect(2 ** number / 2 - 0.05 <= wait <= 2 ** number + 1,
                         f"{endpoint.name} was left alone for {wait:.2f} s after failure {number + 1}")
    failing.status, hanging.delay = 200, 0.0
    check.judge(await check.make(server, "after"))
    total = 4 * CALLERS
    deadline = time.monotonic() + PATIENCE
    while min(len(failing.ended), len(hanging.ended)) < total and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    await until(lambda: server.metrics()["voicebridge_webhooks_pending"] == 0)
    check.show(server.metrics(), "after", webhooks_failing=0, webhooks_pending=0, webhooks_delivered_total=3 * total,
               webhooks_dead_total=0, webhooks_dropped_total=0, webhooks_refused_total=0, webhooks_queued=0)
    for level, words in (("warning", "an endpoint of webhooks fails"), ("notice", "takes events again")):
        names = sorted(entry["endpoint"] for entry in server.lines(level) if words in entry["message"])
        check.expect(names == ["failing", "hanging"], f"the log says '{words}' of {names}, not once of each")
    check.stop(server)
    check.judge_records()
    told_once(check, well, failing, hanging)
    print(f"endpoints down: left alone for {'; '.join(steps)}; {sum(len(one.order) for one in (well, failing, hanging))} ends told, "
          f"{check.judge_recordings()} recordings played")


async def clock_set(check):
    """The time of day is set ahead by a day, back by two, and right again, under calls."""
    offset = os.path.join(check.folder, "offset")
    library = os.path.join(os.path.dirname(check.folder), "clockstep.so")

    def step(seconds):
        with open(offset, "r+b" if os.path.exists(offset) else "wb") as file:
            file.write(seconds.to_bytes(8, sys.byteorder, signed=True))

    step(0)
    server = Server(check.program, check.configuration, environment={"LD_PRELOAD": library, "CLOCKSTEP": offset})
    began = server.metrics()
    live = asyncio.create_task(check.make(server, "live", seconds=8))
    for seconds in (86_400, -86_400, 0):
        await asyncio.sleep(1.5)
        step(seconds)
        check.judge(await check.make(server, f"at{seconds}".replace("-", "minus"), count=5, seconds=0.5))
        # The program began once, whenever that was.
        check.show(server.metrics(), f"at {seconds} s", calls=f">{CALLERS - 1}", records_in_trouble=0, loops_unanswered=0,
                   process_start_time_seconds=began["process_start_time_seconds"])
    check.judge(await live)
    wanted = CALLERS + 15
    await until(lambda: server.metrics()["voicebridge_recordings_completed_total"] == wanted)
    page = server.metrics()
    check.show(page, "after", records_written_total=wanted, recordings_completed_total=wanted, recordings_lost_bytes_total=0)
    lasted = page["voicebridge_call_duration_seconds_sum"]
    check.expect(CALLERS * 8 < lasted < CALLERS * 12 + 15 * 4, f"the calls lasted {lasted:.0f} s together")
    check.stop(server)
    rows = check.judge_records()
    stepped = 0
    for name, found in rows.items():
        wanted = 8_000 if "live" in name else 500
        duration = found[0]["duration_ms"]
        check.expect(wanted * 0.9 <= duration < wanted + 4_000, f"{name} lasted {duration} ms, by its record")
        began = found[0]["started_at"]
        stepped += not began.startswith(time.strftime("%Y-%m-%d", time.gmtime()))
    check.expect(stepped > 0, "no record has the time that was set: nothing was proved")
    print(f"clock set: {stepped} records have a time that was set, {check.judge_recordings()} recordings played")


class Said:
    """A server that has logged these."""

    def __init__(self, *messages):
        self.messages = messages

    def lines(self, level=None):
        return [{"level": level, "message": message} for message in self.messages]


def prove(program, folder):
    """Each planted fault must be named, and a good call with good figures not be blamed."""
    def call(**changes):
        one = Call("CAplanted")
        one.status, one.started, one.ended, one.sent, one.received = 101, 1, 3, 100, 100
        for name, value in changes.items():
            setattr(one, name, value)
        return one

    def told(*orders):
        endpoints = []
        for order in orders:
            endpoints.append(Endpoint())
            endpoints[-1].order = order
            for number, name in enumerate(order):
                endpoints[-1].ended.setdefault(name, set()).add(number)
        return endpoints

    def plant(name, body, is_fault=True):
        check = Check(f"planted-{name.replace(' ', '-')}", program, folder)
        check.calls = [call()]
        body(check)
        if bool(check.wrong) != is_fault:
            sys.exit(f"FAILED: planted, {name}: the check says {check.wrong}")
        return is_fault

    planted = sum([
        plant("nothing", lambda check: (check.judge([call()]), check.show({"voicebridge_calls": 1.0, "x": 2.0}, "now", calls=1, x=">1"),
                                        check.once(Said("one error"), "error", "one"), told_once(check, *told(["CAplanted"]))), False),
        plant("no calls", lambda check: check.judge([])),
        plant("a call refused", lambda check: check.judge([call(status=503)])),
        plant("a call cut", lambda check: check.judge([call(ended=None)])),
        plant("sound lost", lambda check: check.judge([call(received=80)])),
        plant("a long silence", lambda check: check.judge([call(longest_gap=1.5)])),
        plant("a figure that is wrong", lambda check: check.show({"voicebridge_records_in_trouble": 0.0}, "now", records_in_trouble=1)),
        plant("a figure that is not there", lambda check: check.show({}, "now", records_in_trouble=0)),
        plant("a figure that does not grow", lambda check: check.show({"voicebridge_calls": 0.0}, "now", calls=">0")),
        plant("said twice", lambda check: check.once(Said("one error", "one error"), "error", "one")),
        plant("never said", lambda check: check.once(Said("another"), "error", "one")),
        plant("told to nobody", lambda check: told_once(check, *told([]))),
        plant("told twice", lambda check: told_once(check, *told(["CAplanted", "CAplanted"]))),
        plant("another order", lambda check: told_once(check, *told(["CAplanted", "b"], ["b", "CAplanted"]))),
        plant("no recording", lambda check: check.judge_recordings()),
    ])
    print(f"planted: {planted} faults are seen")


def main():
    if sys.argv[1] == "idle":
        return idle(int(sys.argv[2]), int(sys.argv[3]))
    program, folder, only = sys.argv[1], sys.argv[2], sys.argv[3:]
    prove(program, folder)
    failed = False
    places = {"full": ("disk full", disk_full), "locked": ("records locked", database_locked),
              "hooks": ("endpoints down", endpoints_down), "files": ("no descriptors", no_descriptors),
              "clock": ("clock set", clock_set)}
    for short, (name, body) in places.items():
        if only and short not in only:
            continue
        began = time.monotonic()
        check = Check(short, program, folder)
        asyncio.run(body(check))
        made, kept = len(check.calls), sum(1 for call in check.calls if call.ended)
        check.expect(kept and check.figures, f"{kept} calls, {check.figures} figures: nothing was proved")
        print(f"{name}: {made} calls, {kept} kept their sound to the end, {check.figures} figures judged, "
              f"{time.monotonic() - began:.0f} s")
        print("\n".join(f"FAILED: {name}: {words}" for words in check.wrong[:10]) or f"{name}: as it should be", flush=True)
        failed |= bool(check.wrong)
    sys.exit(1 if failed else 0)


main()
