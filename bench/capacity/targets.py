# SPDX-License-Identifier: Apache-2.0
"""What the server has to hold: name, must, aim, unit; smaller is better unless the name is in GREATER."""

TARGETS = {
    "instructions": ("user instructions per 20 ms µ-law frame in and out, plain, stage", 30_000, 20_000, ""),
    "plain": ("CPU per frame, plain, stage : C echo", 3.0, 2.2, ""),
    "tls": ("CPU per frame, WSS, stage : C OpenSSL echo", 2.1, 1.6, ""),
    "task-loop": ("CPU per frame, plain, task on the event loop : C echo", 4.0, 3.0, ""),
    "task-pool": ("CPU per frame, plain, task on the bots' threads : C echo", 6.5, 4.5, ""),
    "pcm": ("CPU per 100 ms PCM16 frame, plain, stage : C echo", 3.5, 2.5, ""),
    "websockets": ("CPU per frame, Python websockets : stage", 5, 8, ""),
    "ws": ("CPU per frame, Node ws : stage", 5, 8, ""),
    "pipecat": ("CPU per frame, pipecat-ai : stage", 25, 40, ""),
    "memory": ("memory per idle call at {calls} calls, plain", 20, 12, "KB"),
    "memory-tls": ("memory per idle call at {calls} calls, WSS", 36, 26, "KB"),
    "system-calls": ("system calls per frame at low load", 3.0, 3.0, ""),
    "allocations": ("allocations of ours per media message", 0.0, 0.0, ""),
    "latency": ("latency p50 from the write, stage : C echo", 3.0, 2.0, ""),
    "new-calls": ("new calls per second on one core, WSS with resumption", 300, 800, ""),
    "growth": ("CPU per frame at more calls : at fewer, the worst step", 1.0, 1.0, ""),
    "hour": ("CPU per frame, long calls : short ones", 1.05, 1.0, ""),
}
GREATER = {"websockets", "ws", "pipecat", "new-calls"}
# Counters hover; what is printed as met is met to the printed digits.
# Allocations: the event loop takes some for its timers several times a second, none for a message.
SLACK = {"system-calls": 0.15, "growth": 0.05, "allocations": 0.25}
# Musts that do not fail the command, by name: why, and what was tried.
EXCEPTIONS = {
    "instructions": "two converters of 92 dB take 17,500, the transport's pipeline 13,000",
    "websockets": "the kernel's part of a frame is the same for all; see the C echo of the same table",
    "ws": "the kernel's part of a frame is the same for all; see the C echo of the same table",
    "pipecat": "the kernel's part of a frame is the same for all; see the C echo of the same table",
}


def verdict(name, value):
    """'aim', 'must' or 'missed'."""
    _, must, aim, _ = TARGETS[name]
    slack = SLACK.get(name, 0)
    if name in GREATER:
        return "aim" if value >= aim else "must" if value >= must else "missed"
    return "aim" if value <= aim + slack else "must" if value <= must + slack else "missed"
