# SPDX-License-Identifier: Apache-2.0
"""Holds the judgement of growth against planted figures: a frame that costs more with more calls, or in longer ones, is seen."""
import statistics
import sys
import report
import targets

COUNTS = [10, 100, 1000, 3000]


class Planted:
    """Medians as they would be measured."""

    def __init__(self, costs):
        self.runs = {(f"growth {calls}", report.STAGE): [cost] for calls, cost in zip(COUNTS, costs)}

    def median(self, where, name, key=None):
        values = self.runs.get((where, name))
        return statistics.median(values) if values else None


def verdicts(costs, hour=None):
    found = dict.fromkeys(["memory", "new-calls", "system-calls", "instructions", "allocations"])
    values = report.judge(Planted(costs), dict(found, hour=hour), {"growth": COUNTS, "idle": 0})
    return {name: targets.verdict(name, value) for name, value in values.items()}


# Costs of a frame at each number of calls, long and short calls, and what is to be said.
CASES = [
    ([30, 20, 15, 12], None, {"growth": "aim"}),
    ([30, 20, 15, 15.5], None, {"growth": "aim"}),
    # Cheaper than the fewest, and yet it grows.
    ([30, 20, 15, 17], None, {"growth": "missed"}),
    ([30, 36, 15, 12], None, {"growth": "missed"}),
    # Not measured is not passed.
    ([30, 20, 15], None, {}),
    ([], (10.0, 10.0), {"hour": "aim"}),
    ([], (10.4, 10.0), {"hour": "must"}),
    ([], (11.0, 10.0), {"hour": "missed"}),
]
wrong = [(costs, hour, verdicts(costs, hour)) for costs, hour, said in CASES if verdicts(costs, hour) != said]
print("\n".join(f"FAILED: {costs} {hour} is judged {said}" for costs, hour, said in wrong) or "planted: growth is seen")
sys.exit(1 if wrong else 0)
