# SPDX-License-Identifier: Apache-2.0
"""What the audio core has to hold, for the gates and the report."""

# Ripple dB, rejection dB, edge dB, worst sine dB, instructions per output sample, CPU against soxr HQ. The last four pairs
# have the limits of the nearest pair.
PAIRS = {
    (8000, 16000): (0.05, -85, -70, 90, 40, 0.85), (16000, 8000): (0.05, -90, -80, 94, 75, 0.95),
    (8000, 24000): (0.05, -85, -70, 90, 40, 0.75), (24000, 8000): (0.05, -90, -80, 94, 110, 0.85),
    (8000, 48000): (0.05, -85, -70, 90, 40, 0.75), (48000, 8000): (0.05, -90, -80, 94, 180, 0.75),
    (16000, 24000): (0.05, -85, -70, 90, 45, 0.8), (24000, 16000): (0.05, -90, -80, 92, 75, 0.8),
    (44100, 8000): (0.05, -90, -80, 94, 260, 0.8), (8000, 44100): (0.05, -85, -70, 90, 60, 0.8),
    (16000, 48000): (0.05, -85, -70, 90, 40, 0.75), (48000, 16000): (0.05, -90, -80, 92, 110, 0.85),
    (44100, 16000): (0.05, -90, -80, 92, 260, 0.8), (16000, 44100): (0.05, -85, -70, 90, 60, 0.8),
}
# What the form without AVX2 may cost, in times of the other's limit.
BASELINE = 3
STATE_BYTES = 2048
# Misses that do not fail the report, by how they begin: why, and what was tried.
EXCEPTIONS = {}
# ns, by what AudioBench calls them.
BLOCKS = {
    "muLaw_encode": 0.8, "muLaw_decode": 0.8, "muLaw_transcode": 0.8,
    "aLaw_encode": 0.8, "aLaw_decode": 0.8, "aLaw_transcode": 0.8,
    "decode_to_bytes": 100, "decode_to_linear16_samples": 100, "encode_bytes": 100, "encode_linear16_samples": 100,
    # With G.711 of 160 samples.
    "decode_mu_law_to_samples": 100 + 160 * 0.8, "encode_samples_to_mu_law": 100 + 160 * 0.8,
    "digits_ns_per_sample": 20, "speech_ns_per_20_ms": 3000,
}


def instructions(pair, is_baseline):
    """The most instructions per output sample; None where no limit is set."""
    return PAIRS[pair][4] * (BASELINE if is_baseline else 1) if pair in PAIRS else None


def limits(pair):
    """The limits of the judge's figures."""
    ripple, rejection, edge, sinad, _, _ = PAIRS[pair]
    stop = 4050 * min(pair) / 8000
    return {
        "ripple": ripple, "rejection": rejection, "edge": edge, "sinad": sinad, "latency": 1, "spread": 1, "stop": stop,
    }
