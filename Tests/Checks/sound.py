# SPDX-License-Identifier: Apache-2.0
"""Sound files and their comparison, in plain Python, for the checks that listen to a recorded call."""

import array
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
