# SPDX-License-Identifier: Apache-2.0
"""Recordings as they lie on the disk, read by Python's own `wave` and nothing of the server's; sealed ones are opened by the
program first."""
import array
import glob
import os
import re
import subprocess
import wave

# µ-law 0x55 (G.711): what the callers of these checks say, all the time.
SAID = -716
# The rate of the wire of `twilio`.
RATE = 8_000


class Unplayable(Exception):
    """What is wrong with a file."""


class Recording:
    """What is in a file: its seconds, and how much of each side is sound, 0 to 1."""

    def __init__(self, path):
        try:
            with wave.open(path) as file:
                channels, width, rate, count = file.getparams()[:4]
                samples = array.array("h", file.readframes(count))
        except (OSError, EOFError, wave.Error) as error:
            raise Unplayable(f"{os.path.basename(path)} cannot be played: {error!r}") from error
        if (channels, width, rate) != (2, 2, RATE):
            raise Unplayable(f"{os.path.basename(path)} has {channels} channels of {width} bytes at {rate} Hz")
        if len(samples) != 2 * count:
            raise Unplayable(f"{os.path.basename(path)} says {count} samples and has {len(samples) // 2}")
        self.seconds = count / RATE
        self.caller = samples[0::2].count(SAID) / max(1, count)
        self.bot = 1 - samples[1::2].count(0) / max(1, count)


def files(folder):
    """The recordings of a folder by their calls' ids, each with all its paths."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.wav*"))):
        name = re.fullmatch(r"[0-9T.]+Z-(\w+)-[0-9a-f]{8}\.wav(?:\.sealed)?", os.path.basename(path))
        found.setdefault(name[1] if name else os.path.basename(path), []).append(path)
    return found


def read(path, program, key, scratch):
    """What is in a file; a sealed one is opened with the key in a file."""
    if not path.endswith(".sealed"):
        return Recording(path)
    opened = os.path.join(scratch, "opened.wav")
    if os.path.exists(opened):
        os.remove(opened)
    done = subprocess.run([program, "recordings", "decrypt", "--key-file", key, path, opened], capture_output=True, text=True)
    if done.returncode:
        raise Unplayable(f"{os.path.basename(path)} cannot be opened: {done.stderr.strip()[-200:]}")
    return Recording(opened)


def faults(name, recording, spoken, least_lost):
    """What a recording of a call that spoke for so long must not lack or have, in words."""
    wrong = []
    if recording.seconds < spoken - least_lost:
        wrong.append(f"the recording of {name} has {recording.seconds:.2f} s of {spoken:.2f} s")
    if recording.seconds > spoken + 2:
        wrong.append(f"the recording of {name} has {recording.seconds:.2f} s, the call spoke for {spoken:.2f} s only")
    if spoken > 1.5 * least_lost and (recording.caller < 0.7 or recording.bot < 0.3):
        wrong.append(f"the recording of {name} has the caller in {recording.caller:.0%} of it, the bot in {recording.bot:.0%}")
    return wrong
