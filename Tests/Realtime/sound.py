# SPDX-License-Identifier: Apache-2.0
"""Sound made and measured in plain Python: tones, G.711 µ-law (ITU-T), WAV files."""
import array
import math
import wave


def tone(frequency, seconds, rate, amplitude=8000):
    step = 2 * math.pi * frequency / rate
    return [round(amplitude * math.sin(step * index)) for index in range(int(seconds * rate))]


def murmur(seconds, rate, amplitude=9000):
    """Something like a voice: harmonics of a pitch that moves, four syllables a second."""
    samples, phase = [], 0.0
    for index in range(int(seconds * rate)):
        at = index / rate
        phase += 2 * math.pi * (130 + 25 * math.sin(2 * math.pi * 0.9 * at)) / rate
        voice = sum(math.sin(phase * number) / number for number in range(1, 18))
        samples.append(round(amplitude * 0.5 * (1.15 - math.cos(2 * math.pi * 4 * at)) / 2.2 * voice))
    return samples


def silence(seconds, rate):
    return [0] * int(seconds * rate)


def mulaw(sample):
    sign, magnitude = (0x80, -sample) if sample < 0 else (0, sample)
    magnitude = min(magnitude, 32635) + 132
    exponent = magnitude.bit_length() - 8
    return ~(sign | exponent << 4 | magnitude >> (exponent + 3) & 15) & 0xFF


def from_mulaw(byte):
    byte = ~byte & 0xFF
    magnitude = ((byte & 15) * 8 + 132 << (byte >> 4 & 7)) - 132
    return -magnitude if byte & 0x80 else magnitude


EXPANDED = [from_mulaw(byte) for byte in range(256)]


def coded(samples, encoding):
    if encoding == "pcm":
        return array.array("h", samples).tobytes()
    return bytes(map(mulaw, samples))


def decoded(data, encoding):
    if encoding == "pcm":
        return array.array("h", data[: len(data) // 2 * 2])
    return [EXPANDED[byte] for byte in data]


def level(samples):
    return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples)))


def strength(samples, frequency, rate):
    """The share of a stretch's power that lies at a frequency, 0 … 1."""
    step = 2 * math.pi * frequency / rate
    sine = sum(sample * math.sin(step * index) for index, sample in enumerate(samples))
    cosine = sum(sample * math.cos(step * index) for index, sample in enumerate(samples))
    power = sum(sample * sample for sample in samples)
    return 2 * (sine * sine + cosine * cosine) / len(samples) / power if power else 0.0


def write_wave(path, samples, rate=8000):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(coded(samples, "pcm"))


def read_wave(path):
    with wave.open(str(path), "rb") as file:
        return decoded(file.readframes(file.getnframes()), "pcm"), file.getframerate()
