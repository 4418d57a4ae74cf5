# SPDX-License-Identifier: Apache-2.0
"""The balance of calls that were made while servers were restarted: calls made, records, webhooks and audio, as plain values.

A call, a record or an event that is missing is a fault on any machine. Audio is judged by whose doing its loss is: what the load
tool could not send in time on a machine without processor to spare is no fault of the server's, all else is.
"""

import collections
import copy

FRAME = 20
# The load tool waits so long for the last frames of a call, in milliseconds.
GRACE = 1000


def rows_by_call(evidence):
    found = collections.defaultdict(list)
    for row in evidence["rows"]:
        found[row["call_id"]].append(row)
    return found


def events_by_call(evidence, kind):
    """The events of a kind, each id once, by call."""
    found = collections.defaultdict(set)
    for event in evidence["events"]:
        if event["type"] == kind:
            found[event["data"]["call_id"]].add(event["event_id"])
    return found


def numbers(evidence):
    """What has to be equal, by name."""
    report, rows = evidence["report"], rows_by_call(evidence)
    return {
        "calls made": report["calls_started"], "calls opened": report["calls_opened"], "calls ended": report["calls_ended"],
        "started in the servers' logs": sum(evidence["started"].values()),
        "ended in the servers' logs": sum(evidence["ended"].values()),
        "records": len(evidence["rows"]), "records as exported": evidence["exported"],
        "calls with a record that ended": sum(any(row["state"] == "ended" for row in found) for found in rows.values()),
        "starts told": len(events_by_call(evidence, "call.started")), "ends told": len(events_by_call(evidence, "call.ended")),
    }


def call_faults(evidence):
    """Calls, records and events that are missing, or there twice."""
    made, found = evidence["report"]["calls_started"], []
    for name, number in numbers(evidence).items():
        if not number:
            found.append(f"no {name}: nothing was proved")
        elif number != made:
            found.append(f"{number} {name}, not {made}")
    rows = rows_by_call(evidence)
    found += [f"{name} has {len(of)} records" for name, of in rows.items() if len(of) != 1]
    states = collections.Counter(row["state"] for row in evidence["rows"])
    found += [f"{count} records are of calls that are {state}" for state, count in states.items() if state != "ended"]
    enders = collections.Counter((row["ended_by"], row["end_reason"]) for row in evidence["rows"] if row["state"] == "ended")
    found += [f"{count} calls were ended by {who}, {why}" for (who, why), count in enders.items() if who != "caller"]
    for kind in ("call.started", "call.ended"):
        told = events_by_call(evidence, kind)
        found += [f"{kind} of {name} was told under {len(ids)} ids" for name, ids in told.items() if len(ids) != 1]
        found += [f"{kind} of {name} was not told" for name in rows if name not in told]
        found += [f"{kind} of {name} was told, and it has no record" for name in told if name not in rows]
    ids = collections.Counter(event["event_id"] for event in evidence["events"])
    found += [f"the event {event} was counted {count} times" for event, count in ids.items() if count != 1]
    over = set()
    for event in evidence["events"]:
        name = event["data"]["call_id"]
        if event["type"] == "call.started" and name in over:
            found.append(f"the start of {name} was told behind its end")
        over |= {name} if event["type"] == "call.ended" else set()
    ends = {event["data"]["call_id"]: event for event in evidence["events"] if event["type"] == "call.ended"}
    for name, of in rows.items():
        end = ends.get(name)
        if end and any(end["data"].get(key) != of[0][key] for key in ("ended_by", "end_reason", "duration_ms")):
            found.append(f"{name} was ended by {of[0]['ended_by']}, {of[0]['end_reason']}, and told as {end['data'].get('end_reason')}")
        if end and end["hook"] != of[0]["server"]:
            found.append(f"{name} was recorded by {of[0]['server']} and told by {end['hook']}")
    if evidence["report"]["calls_failed"]:
        found.append(f"{evidence['report']['calls_failed']} calls_failed: {evidence['report']['failures'][:2]}")
    return found


def endpoint_faults(evidence):
    """What was wrong with the telling itself, and what of it was not put to the test."""
    found = list(evidence["endpoint_faults"])
    for server, left in evidence["left"].items():
        if left["events"] or left["calls"]:
            found.append(f"{left['events']} events and {left['calls']} calls are left in the spool of {server}")
    if not evidence["refused"] or not evidence["lost_answers"]:
        found.append("the endpoint refused nothing, or lost no answer: nothing was proved")
    if evidence["repeats"] < evidence["lost_answers"]:
        found.append(f"{evidence['lost_answers']} answers were lost, and {evidence['repeats']} events came again")
    if not evidence["held"]:
        found.append("no event waited in the spool of a server that was stopped: nothing was proved")
    return found


def audio_faults(evidence):
    """Frames that were lost, and by whom: what is said of them, and what of it is a fault."""
    report, still, found = evidence["report"], evidence["still"], []
    if report["out_of_order"]:
        found.append(f"{report['out_of_order']} stretches in another order")
    if not report["frames_received"]:
        found.append("no frame came back: nothing was proved")
    heard = sum(row["received_ms"] or 0 for row in evidence["rows"]) / FRAME
    if abs(report["frames_sent"] - heard) >= 1:
        found.append(f"{report['frames_sent']} frames were sent, and the servers heard {heard:g}")
    lost = report["frames_lost"]
    # Where pieces are left out again and again, what is put together may be at the frequency of another tone: rarely.
    if report["cross_talk"] > (lost // 100 if still["all_ms"] else 0):
        found.append(f"{report['cross_talk']} stretches with the tone of another call")
    if not lost:
        return found
    # What a server left out to be in time again, and what still waited when the call was over: by its own account.
    unsaid = sum(max(0, (row["received_ms"] or 0) - (row["sent_ms"] or 0)) for row in evidence["rows"]) / FRAME
    if lost > unsaid + 1 and still["most_ms"] < GRACE:
        found.append(f"{lost} frames were lost, and by the servers' account no more than {unsaid:g}")
    # A program that has no processor for a while gets or sends what was due in it at once. A server takes as much out of the
    # way as has become late, in each call that is up. On a machine that never stood still that is nothing.
    allowed = evidence["calls"] * still["all_ms"] / FRAME
    if lost > allowed:
        found.append(f"{lost} frames were lost, and the machine stood still for {still['all_ms']:.0f} ms, which is no reason for "
                     f"more than {allowed:.0f}")
    return found


def faults(evidence):
    """All that is wrong, in words."""
    found = call_faults(evidence) + endpoint_faults(evidence) + audio_faults(evidence)
    found += [f"{name} had no call" for name, number in evidence["started"].items() if not number]
    found += [] if evidence["drained"] and all(evidence["drained"]) else ["nothing was there to drain"]
    return found + evidence["seen"]


def story(evidence):
    """The counts, in lines."""
    report, still = evidence["report"], evidence["still"]
    return [
        ", ".join(f"{number} {name}" for name, number in numbers(evidence).items()),
        f"webhooks: {len(evidence['events'])} events, each taken once; {evidence['refused']} deliveries were refused, "
        f"{evidence['lost_answers']} answers lost, {evidence['repeats']} events came again and were told by their id; "
        f"{evidence['held']} waited in the spools of stopped servers and were sent by the next ones",
        "by server: " + ", ".join(f"{name} {number}" for name, number in evidence["started"].items())
        + f"; drained: {', '.join(str(number) for number in evidence['drained'])}",
        f"audio: {report['frames_sent']} frames there, {report['frames_received']} back, {report['frames_lost']} lost; the machine "
        f"stood still for {still['all_ms']:.0f} ms in all, {still['most_ms']:.0f} ms at most",
    ]


def planted(evidence):
    """Losses to be seen in what was found without a fault: by name the evidence with it, and words of what must be said."""
    def changed(change):
        other = copy.deepcopy(evidence)
        change(other)
        return other

    def drop(kind):
        def change(other):
            del other["events"][next(place for place, event in enumerate(other["events"]) if event["type"] == kind)]
        return change

    def again(kind, new):
        def change(other):
            event = copy.deepcopy(next(event for event in other["events"] if event["type"] == kind))
            other["events"].append(event | ({"event_id": "f" * 32} if new else {}))
        return change

    def swap(other):
        event = other["events"].pop(next(place for place, event in enumerate(other["events"]) if event["type"] == "call.started"))
        other["events"].append(event)

    def mix(other):
        other["report"].update(cross_talk=other["report"]["cross_talk"] + 1)

    def zero(other):
        other["report"].update(calls_started=0, calls_opened=0, calls_ended=0)
        other.update(rows=[], events=[], started={}, ended={}, exported=0)

    def lose(frames, unsaid, still):
        def change(other):
            other["report"]["frames_lost"] += frames
            other["rows"][0]["sent_ms"] = other["rows"][0]["received_ms"] - unsaid * FRAME
            other["still"] = still
        return change

    def cut(other):
        other["rows"][0]["state"] = "interrupted"

    quiet, starved = {"all_ms": 0.0, "most_ms": 0.0}, {"all_ms": 300.0, "most_ms": 300.0}
    return {
        "a record deleted": (changed(lambda other: other["rows"].pop()), "told, and it has no record"),
        "a record twice": (changed(lambda other: other["rows"].append(other["rows"][0])), "has 2 records"),
        "a record of a call that was cut off": (changed(cut), "records are of calls that are interrupted"),
        "the end of a call not told": (changed(drop("call.ended")), "call.ended of"),
        "the start of a call not told": (changed(drop("call.started")), "call.started of"),
        "an end told under two ids": (changed(again("call.ended", True)), "was told under 2 ids"),
        "a start told under two ids": (changed(again("call.started", True)), "was told under 2 ids"),
        "an event counted twice": (changed(again("call.ended", False)), "was counted 2 times"),
        "a start behind its end": (changed(swap), "was told behind its end"),
        "an event left in the spool": (
            changed(lambda other: next(iter(other["left"].values())).update(events=1)), "are left in the spool"),
        "no call at all": (changed(zero), "nothing was proved"),
        "frames lost on a quiet machine": (changed(lose(7, 7, quiet)), "frames were lost, and the machine stood still for 0 ms"),
        "the tone of another call": (changed(mix), "with the tone of another call"),
        "frames lost without an account": (changed(lose(100, 0, starved)), "by the servers' account"),
        "more frames lost than a machine that stood still explains": (
            changed(lose(10**4, 10**4, starved)), "which is no reason for more"),
    }, {"frames late on a machine that stood still": changed(lose(7, 7, starved))}


def unseen(evidence):
    """Which planted loss is not seen, or what is found fault with though nothing is lost."""
    losses, none = planted(evidence)
    for name, (other, words) in losses.items():
        if not any(words in text for text in faults(other)):
            return f"planted, {name}: not seen"
    for name, other in none.items():
        if faults(other):
            return f"planted, {name}: {faults(other)[:2]}"
    return None
