# SPDX-License-Identifier: Apache-2.0
"""A `voicebridge serve` on free ports, for the checks that ask its admin port."""

import contextlib
import re
import subprocess


class Wrong(Exception):
    """What was not as it must be."""


class Served:
    """A server that runs: where calls come in, and where the admin port is."""

    def __init__(self, process, url, port, log):
        self.process, self.url, self.port, self.log = process, url, port, log


@contextlib.contextmanager
def served(program, home, name, configuration):
    """Serves a configuration until the block ends; its admin port must be 0, and is read from the log."""
    file = home / f"{name}.yaml"
    file.write_text(configuration)
    log = home / f"{name}.log"
    with log.open("w") as errors:
        process = subprocess.Popen([program, "serve", "--config", file], stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on "):
            raise Wrong(f"{name} did not start: {log.read_text()[-500:]}")
        port = int(re.search(r'"admin_port":"(\d+)"', log.read_text()).group(1))
        yield Served(process, line.split()[-1], port, log)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
