# SPDX-License-Identifier: Apache-2.0
"""What both checks share: the command, sounds as arrays at 8 kHz, and µ-law by search in its own table."""
import glob
import os
import resource
import subprocess
import sys
import tempfile
import wave

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COMMAND = os.environ.get("VOICEBRIDGE", os.path.join(ROOT, ".build/release/voicebridge"))
RECORDED = "/usr/share/asterisk/sounds"


def run(arguments, samples=None):
    """Output lines of a `voicebridge audio` command that hears int16 samples."""
    data = None if samples is None else np.clip(np.round(samples), -32768, 32767).astype("<i2").tobytes()
    done = subprocess.run([COMMAND, "audio"] + arguments, input=data, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def cost(arguments, samples):
    """Processor seconds for the samples beyond those for none; the least of three."""
    def spent(part):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(arguments, part)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return min(spent(samples) for _ in range(3)) - min(spent(samples[:0]) for _ in range(3))


def read(path):
    """A mono WAV file at 8 kHz."""
    with wave.open(path) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    if rate == 8000 or len(samples) == 0:
        return samples
    count = int(len(samples) * 8000 / rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    spectrum[int(len(spectrum) * 0.95):] = 0
    return np.fft.irfft(spectrum, count) * count / len(samples)


def speak(program, voice, text):
    """What a synthesiser says."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        arguments = ["flite", "-voice", voice, "-t", text, "-o"] if program == "flite" else ["espeak-ng", "-v", voice, text, "-w"]
        subprocess.run(arguments + [file.name], check=True, stderr=subprocess.DEVNULL)
        return read(file.name)


def recorded(pattern="**/*.wav"):
    """Recorded prompts."""
    return sorted(glob.glob(os.path.join(RECORDED, pattern), recursive=True))


def kept():
    """The repository's prompts."""
    return sorted(glob.glob(os.path.join(ROOT, "audio-fixtures/prompts/*-8k.wav")))


_CODES = np.arange(256)
_INVERTED = 255 - _CODES
_MU = ((((_INVERTED & 15) << 3) + 132) << ((_INVERTED >> 4) & 7)) - 132
_MU = np.where(_CODES & 128, _MU, -_MU)
_A = _CODES ^ 0x55
_A_SEGMENT = (_A >> 4) & 7
_A = (((_A & 15) + np.where(_A_SEGMENT > 0, 16, 0) << 4) + 8) << np.maximum(_A_SEGMENT - 1, 0)
_A = np.where(_CODES & 128, _A, -_A)


def companded(samples, law="mu"):
    """Through a companding law and back, to the nearest level."""
    levels = np.unique(_MU if law == "mu" else _A)
    places = np.clip(np.searchsorted(levels, samples), 1, len(levels) - 1)
    below, above = levels[places - 1], levels[places]
    return np.where(samples - below < above - samples, below, above).astype(float)


def finish(failures):
    """Ends with what was missed."""
    for failure in failures:
        print("MISSED:", failure)
    sys.exit(1 if failures else 0)
