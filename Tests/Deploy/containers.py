# SPDX-License-Identifier: Apache-2.0
"""What linters of container files do not see: that the image's context has what its build copies and what Package.swift names,
that what ends a container leaves time for a drain, and that the probes ask what the server answers."""

import fnmatch
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def is_sent(path, rules):
    """Whether .dockerignore lets a path into the context: the last rule that matches it, or a folder above it, decides."""
    sent = True
    parts = path.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    for rule in rules:
        pattern = rule.removeprefix("!").removeprefix("**/")
        if any(fnmatch.fnmatch(folder, pattern) for folder in above):
            sent = rule.startswith("!")
    return sent


def faults(dockerfile, ignore, compose, sample, manifest, package, readme):
    found = []
    builds = {re.search(r"swift build (-c release --product \S+ --static-swift-stdlib(?: -Xlinker -lcurl)?)", text)[1]
              for text in (dockerfile, package, readme)}
    if len(builds) != 1:
        found.append(f"the program is built in different ways: {sorted(builds)}")
    rules = [line for line in ignore.splitlines() if line and not line.startswith("#")]
    copied = [word for line in re.findall(r"^COPY (?!--from)(?:--\S+ )*(.*) \S+$", dockerfile, re.MULTILINE)
              for word in line.split() if word != "." and "[" not in word]
    targets = re.findall(r'path: "([^"]+)"', manifest)
    targets += [f"Tests/{name}Tests" for name in re.findall(r'\btests\(\s*"(\w+)"', manifest)]
    targets += [f"Tests/{name}" for name in re.findall(r'testTarget\(\s*name: "(\w+)"', manifest)]
    targets += [f"Sources/{name}" for name in re.findall(r'\b(?:room|systemLibrary)\(\s*(?:name: )?"(\w+)"', manifest)]
    if len(targets) < 20 or len(copied) < 4:
        found.append(f"only {len(targets)} targets and {len(copied)} copied files were found")
    for path in copied + targets:
        if not (ROOT / path).exists():
            found.append(f"{path} is not there")
        if not is_sent(path, rules):
            found.append(f"{path} is kept out of the image's context")
    for secret in (".git/config", ".build/x.o", ".build-static/x.o", "deploy/docker/secrets/token", ".cache/x"):
        if is_sent(secret, rules):
            found.append(f"{secret} gets into the image's context")
    minutes = int(re.search(r"drain_deadline: (\d+)m", sample)[1])
    service = yaml.safe_load(compose)["services"]["voicebridge"]
    if int(service["stop_grace_period"].removesuffix("s")) < minutes * 60 + 15:
        found.append("the container is killed before its drain is over")
    # Credentials by the names that the sample asks for.
    asked = set(re.findall(r"CREDENTIALS_DIRECTORY\}/([a-z-]+)", sample)) | {"token"}
    if set(service["secrets"]) != asked:
        found.append(f"the sample asks for {sorted(asked)}, the container has {service['secrets']}")
    return found


def main():
    names = ("deploy/docker/Dockerfile", ".dockerignore", "deploy/docker/compose.yaml", "deploy/voicebridge.yaml", "Package.swift",
             "deploy/deb.sh", "deploy/README.md")
    texts = [(ROOT / name).read_text() for name in names]
    if faults(*texts):
        raise SystemExit("WRONG: " + "; ".join(faults(*texts)))
    print("the image's context has all that is built and copied, and no more; the drain has its time")
    for what, place, old, new in (
        ("a folder of targets left out", 1, "!Sources\n", ""),
        ("everything let in", 1, "\n*\n", "\n"),
        ("a grace period shorter than the drain", 2, "360s", "200s"),
        ("an image that is built otherwise", 0, " -Xlinker -lcurl", ""),
        ("a secret less", 2, "      - tls-key\n", ""),
    ):
        broken = list(texts)
        broken[place] = texts[place].replace(old, new, 1)
        if broken == texts or not faults(*broken):
            raise SystemExit(f"WRONG: planted, {what}: not noticed")
        print(f"planted, {what}: {faults(*broken)[0][:100]}")


if __name__ == "__main__":
    main()
