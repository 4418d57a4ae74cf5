# SPDX-License-Identifier: Apache-2.0
"""Sound files and their comparison, in plain Python, for the checks that listen to a recorded call."""

import array
import math
import sys
import wave


def read(path, rate):
    """The samples of a mono 16-bit WAV file, or of raw little-endian ones, at a rate that must be `rate`."""
    if path.endswith(".wav"):
        with wave.open(path) as file:
            found = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            if found != (1, 2, rate):
                raise SystemExit(f"{path}: channels, bytes and rate are {found}, not {(1, 2, rate)}")
            data = file.readframes(file.getnframes())
    else:
        with open(path, "rb") as file:
            data = file.read()
    samples = array.array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def write(path, rate, samples):
    """Writes a mono 16-bit WAV file."""
    data = array.array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())


def dot(left, right):
    return sum(map(lambda a, b: a * b, left, right))


def likeness(left, right):
    """Normalised correlation, -1 to 1; 0 where one of both is silent."""
    energy = dot(left, left) * dot(right, right)
    return dot(left, right) / math.sqrt(energy) if energy else 0.0


def best_lag(block, heard, start, lags):
    """The lag at which `block`, which begins at `start`, is most like what was heard, and how like."""
    length = len(block)
    scored = [
        (likeness(block, heard[start + lag : start + lag + length]), lag)
        for lag in lags
        if 0 <= start + lag and start + lag + length <= len(heard)
    ]
    return max(scored, default=(0.0, 0))


def loud_blocks(samples, length, floor=300):
    """Where the blocks of this length begin whose RMS is at least `floor`."""
    for start in range(0, len(samples) - length + 1, length):
        block = samples[start : start + length]
        if dot(block, block) >= floor * floor * length:
            yield start


class Alignment:
    """Where each loud 100 ms of what was sent is found in what was heard."""

    def __init__(self, sent, heard, rate, reach_ms=1_000):
        length = rate // 10
        self.blocks = 0
        self.worst = 1.0
        self.lags = []
        starts = list(loud_blocks(sent, length))
        if not starts:
            return
        # The lag of the loudest block is looked for in the whole reach, that of the others around their neighbour's.
        anchor = max(starts, key=lambda start: dot(sent[start : start + length], sent[start : start + length]))
        _, found = best_lag(sent[anchor : anchor + length], heard, anchor, range(0, rate * reach_ms // 1_000))
        lags = {anchor: found}
        for order in (
            [start for start in starts if start > anchor],
            [start for start in reversed(starts) if start < anchor],
        ):
            lag = found
            for start in order:
                block = sent[start : start + length]
                score, near = best_lag(block, heard, start, range(lag - 4, lag + 5))
                if score < 0.8:
                    score, near = best_lag(block, heard, start, range(lag - rate // 5, lag + rate // 5))
                lags[start] = lag = near
        for start in starts:
            self.blocks += 1
            block = sent[start : start + length]
            self.worst = min(self.worst, best_lag(block, heard, start, [lags[start]])[0])
            self.lags.append(lags[start])

    @property
    def lost(self):
        """Samples that are missing between the first and the last block: how far the lag ever falls."""
        high, lost = -(1 << 62), 0
        for lag in self.lags:
            high = max(high, lag)
            lost = max(lost, high - lag)
        return lost

    @property
    def inserted(self):
        """Samples of silence that came in between: how far the lag rises over the call."""
        return max(0, self.lags[-1] - self.lags[0]) if self.lags else 0


def contains_in_order(sent, heard):
    """Whether every sample sent was heard, in order and to the bit, with nothing but silence in between.

    What was sent may hold no zero. Returns the count of samples found and of zeros passed over among them, and a text
    that says what is wrong, or None.
    """
    found, silence, begun = 0, 0, False
    for index, sample in enumerate(heard):
        if found == len(sent):
            break
        if sample == sent[found]:
            found, begun = found + 1, True
        elif sample == 0:
            silence += begun
        else:
            return found, silence, f"sample {index} of the recording is {sample}, not {sent[found]} (sample {found} sent)"
    if found < len(sent):
        return found, silence, f"the recording ends after {found} of {len(sent)} samples"
    return found, silence, None
