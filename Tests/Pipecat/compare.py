# SPDX-License-Identifier: Apache-2.0
"""Holds a message of the server's against what pipecat writes for the same thing."""
import json

import disagreements
import sound

# Numbers that count a call's messages: they must be numbers, and count what each side has written.
COUNTERS = {"seq", "clientseq"}


def members(value, path=""):
    """The members of a message without members of their own, by path."""
    if isinstance(value, dict) and value:
        found = {}
        for key, inner in value.items():
            found |= members(inner, f"{path}.{key}" if path else key)
        return found
    return {path: value}


def faults(platform, ours, theirs):
    """What is wrong with a message of ours; sound is compared apart."""
    if isinstance(ours, bytes) or isinstance(theirs, bytes):
        return [] if type(ours) is type(theirs) else ["one is text, the other binary"]
    kind = platform.kind(ours)
    mine, other = members(json.loads(ours)), members(json.loads(theirs))
    found = {f"+{path}" for path in mine.keys() - other.keys()} | {f"-{path}" for path in other.keys() - mine.keys()}
    known = disagreements.MEMBERS.get((platform.name, kind), (set(),))[0]
    problems = [f"{kind}: {path} is in no table" for path in sorted(found - known)]
    problems += [f"{kind}: {path} is in the table and there no more" for path in sorted(known - found)]
    audio = ".".join(platform.audio_path)
    for path in sorted(mine.keys() & other.keys()):
        if path == audio and kind == platform.audio_kind:
            continue
        same = type(mine[path]) is int and type(other[path]) is int if path in COUNTERS else mine[path] == other[path]
        if not same:
            problems.append(f"{kind}: {path} is {mine[path]!r}, pipecat writes {other[path]!r}")
    return problems


async def audio_faults(platform, peer, message):
    """What is wrong with a message of ours that has sound in it."""
    data = platform.audio(message)
    pcm = sound.coded(sound.decoded(data, platform.encoding), "pcm")
    theirs = await peer.write_audio(pcm)
    problems = faults(platform, message, theirs)
    back = platform.audio(theirs)
    if sound.coded(sound.decoded(back, platform.encoding), "pcm") != pcm:
        problems.append(f"{platform.kind(message)}: pipecat writes other sound")
    # Its reader is made for what comes from the platform, whose name for sound may be another.
    readable = message
    if not platform.is_symmetric:
        readable = json.dumps({**json.loads(message), "event": "media"})
    if await peer.read(readable) != ("audio", pcm):
        problems.append(f"{platform.kind(message)}: pipecat reads other sound, or none")
    return problems


def self_test(platform, message, theirs):
    """Renames each member of a message in turn, and gives those that nobody missed."""
    if isinstance(message, bytes):
        return [] if faults(platform, "{}", message) and faults(platform, message, "{}") else ["text for audio"]
    missed = []

    def rename(value, change):
        """All copies of a value with one member renamed."""
        for key, inner in value.items():
            yield {(f"{name}_" if name == key else name): one for name, one in value.items()}, f"{change}{key}"
            if isinstance(inner, dict):
                for copy, place in rename(inner, f"{change}{key}."):
                    yield {**value, key: copy}, place

    for copy, place in rename(json.loads(message), ""):
        try:
            if not faults(platform, json.dumps(copy), theirs):
                missed.append(place)
        except KeyError:
            pass
    return missed
