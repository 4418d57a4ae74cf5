# SPDX-License-Identifier: Apache-2.0
"""Where the sound that was sent is found in the sound that was heard."""

import numpy


def speech_band(samples, rate):
    """The band from 300 to 2500 Hz, where the telephone's filters change neither level nor phase to speak of."""
    spectrum = numpy.fft.rfft(numpy.asarray(samples, dtype=float))
    frequencies = numpy.fft.rfftfreq(len(samples), 1 / rate)
    spectrum[(frequencies < 300) | (frequencies > 2_500)] = 0
    return numpy.fft.irfft(spectrum, len(samples))


class Alignment:
    """Follows each loud 100 ms of what was sent through what was heard."""

    #: Blocks that are less like their counterpart (normalised correlation) hold a gap or are damaged.
    LIKE = 0.75

    def __init__(self, sent, heard, rate):
        sent, heard = speech_band(sent, rate), speech_band(heard, rate)
        length = rate // 10
        starts = [at for at in range(0, len(sent) - length + 1, length) if sent[at : at + length].std() >= 300]
        found = [self.find(sent[at : at + length], heard, at, rate) for at in starts]
        #: Blocks loud enough to follow.
        self.blocks = len(found)
        #: Likeness of the block that was found least like itself.
        self.worst = min((score for score, _ in found), default=0.0)
        #: Blocks that were not found.
        self.unlike = sum(score < self.LIKE for score, _ in found)
        self.lags = [lag for score, lag in found if score >= self.LIKE]

    @staticmethod
    def find(block, heard, at, rate):
        """The best likeness of a block that begins at `at`, and the lag that has it, from 0 to 3 s."""
        window = heard[at : at + len(block) + 3 * rate]
        if len(window) < len(block):
            return 0.0, 0
        products = numpy.correlate(window, block, "valid")
        squares = numpy.concatenate(([0.0], numpy.cumsum(window * window)))
        energies = squares[len(block) :] - squares[: -len(block)]
        scores = products / numpy.sqrt(numpy.maximum(energies, 1.0) * block.dot(block))
        lag = int(scores.argmax())
        return float(scores[lag]), lag

    @property
    def missing(self):
        """Samples lost on the way: how far the lag ever falls."""
        highest, missing = -(1 << 62), 0
        for lag in self.lags:
            highest = max(highest, lag)
            missing = max(missing, highest - lag)
        return missing

    @property
    def inserted(self):
        """Samples that came in between: how far the lag ever rises."""
        return max(self.lags) - self.lags[0] if self.lags else 0
