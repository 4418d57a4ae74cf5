# SPDX-License-Identifier: Apache-2.0
"""What Prometheus is told, asked and shown: a server's page against promtool, the alerts and their cases, every query of the
dashboard, the names in them against the page, the runbook, and the guide's list of figures. Faults are planted that must be
seen.

    observability.py VOICEBRIDGE HOME
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import http.server
import urllib.request

import yaml

from served import Wrong, served

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "deploy" / "observability"
DOCUMENTS = ROOT / "Sources" / "VoiceBridge" / "VoiceBridge.docc"
RUNBOOK = DOCUMENTS / "Runbook.md"
# Told only once something of the kind has happened, which one call does not bring about.
OCCASIONAL = re.compile(
    "voicebridge_(turn_answer_seconds(_bucket|_sum|_count)?|bot_failures_total|transfers_total|digits_total|audio_faults_total"
    "|platform_events_total)")
# Everything that can be told is on.
OBSERVED = """
limits: {{lag: off}}
listen: {{port: 0, plain: true}}
admin: {{port: 0}}
records: {{path: {home}/observed.sqlite}}
recording: {{folder: {home}/recordings}}
webhooks:
  spool: {home}/observed-webhooks.sqlite
  endpoints: [{{name: crm, url: "http://127.0.0.1:{hook}/", secret: 0123456789abcdef0123456789abcdef}}]
observability: {{traces: {{endpoint: "http://127.0.0.1:9/"}}}}
tenants:
  - {{name: acme}}
routes:
  - {{bot: echo, tenant: acme, authentication: {{none: true}}}}
"""


def promtool(*arguments, stdin=None):
    result = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True, input=stdin)
    if result.returncode:
        raise Wrong(" ".join((result.stdout + result.stderr).split())[-300:])
    return result.stdout


class Taking(http.server.BaseHTTPRequestHandler):
    """An endpoint that takes all events."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Says nothing."""


def page(program, home):
    """The page of a server that has had a call."""
    hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    for old in home.glob("observed*.sqlite*"):
        old.unlink()
    (home / "recordings").mkdir(exist_ok=True)
    with served(program, home, "observed", OBSERVED.format(home=home, hook=hook.server_port)) as server:
        subprocess.run([program, "call", server.url + "/v1/ivr-solutions", "--for", "1", "--json"], check=True, capture_output=True)
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            return answer.read().decode()


def families(text):
    """Every name that a query can ask for."""
    # A family in which nothing was counted yet has its help alone.
    names = set(re.findall(r"^# HELP (\S+)", text, re.MULTILINE))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            names.add(re.match(r"[a-z_:]+", line).group(0))
    return names


def queries(dashboard):
    """Every query of a dashboard, with its variables filled in."""
    found = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    found += [annotation["expr"] for annotation in dashboard["annotations"]["list"]]
    for query in found:
        filled = query.replace("$__rate_interval", "5m").replace("$__interval", "1m")
        yield re.sub(r"\$\{?[a-z]+\}?", "x", filled)


def check_queries(dashboard, home):
    rules = [{"record": f"query:number{number}", "expr": query} for number, query in enumerate(queries(dashboard))]
    file = home / "queries.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool("check", "rules", file)
    return len(rules)


def check_names(texts, told):
    asked = set()
    for text in texts:
        asked |= set(re.findall(r"\b(?:voicebridge|process)_[a-z_]+\b", text))
    unknown = {name for name in asked if name not in told and not OCCASIONAL.fullmatch(name)}
    if unknown:
        raise Wrong(f"no server tells {sorted(unknown)}")
    return len(asked)


def check_runbook(rules, text):
    alerts = [rule["alert"] for rule in rules]
    sections = re.findall(r"^## (VoiceBridge\w+)$", text, re.MULTILINE)
    if alerts != sections:
        raise Wrong(f"alerts and sections of the runbook differ: {sorted(set(alerts) ^ set(sections)) or 'in their order'}")
    for rule in rules:
        if rule["annotations"]["runbook"] != f"Runbook.md, {rule['alert']}":
            raise Wrong(f"{rule['alert']} names another section")
    return len(alerts)


def check_guide(text, told):
    """The guide has every figure, and no other."""
    listed = set(re.findall(r"`(voicebridge_[a-z_]+)(?:\{[a-z_, ]*\})?`", text))
    kept = {name for name in told if name.startswith("voicebridge_") and not re.search("_(bucket|sum|count)$", name)}
    missing = sorted(kept - listed)
    unknown = sorted(name for name in listed - kept if not OCCASIONAL.fullmatch(name))
    if missing or unknown:
        raise Wrong(f"the guide lacks {missing}, and has {unknown} that no server tells")
    return len(listed)


def check_cases(cases, rules):
    """A case in which it fires and one in which it does not, for every alert."""
    seen = [(case["alert_rule_test"][0]["alertname"], bool(case["alert_rule_test"][0]["exp_alerts"])) for case in cases]
    for rule in rules:
        if (rule["alert"], True) not in seen or (rule["alert"], False) not in seen:
            raise Wrong(f"{rule['alert']} has not both cases")


def main():
    program, home = sys.argv[1], pathlib.Path(sys.argv[2])
    home.mkdir(parents=True, exist_ok=True)
    text = page(program, home)
    promtool("check", "metrics", stdin=text)
    told = families(text)
    print(f"promtool finds no fault with a page of {len(told)} names")
    rules_file, cases_file = FOLDER / "prometheus-rules.yaml", FOLDER / "prometheus-rules-test.yaml"
    rules = yaml.safe_load(rules_file.read_text())["groups"][0]["rules"]
    promtool("check", "rules", rules_file)
    promtool("test", "rules", cases_file)
    check_cases(yaml.safe_load(cases_file.read_text())["tests"], rules)
    dashboard = json.loads((FOLDER / "grafana-dashboard.json").read_text())
    print(f"{len(rules)} alerts fire and are silent as they should, {check_queries(dashboard, home)} queries are understood")
    asked = check_names([rules_file.read_text(), *queries(dashboard)], told)
    print(f"{asked} names in them are told, {check_runbook(rules, RUNBOOK.read_text())} sections are in the runbook")
    guide = (DOCUMENTS / "Operating.md").read_text()
    print(f"the guide lists {check_guide(guide, told)} figures")

    def planted(name, attempt):
        try:
            attempt()
        except (Wrong, subprocess.CalledProcessError) as wrong:
            print(f"planted, {name}: {str(wrong).splitlines()[0][-110:]}")
            return
        raise Wrong(f"planted, {name}: not noticed")

    def changed(file, old, new):
        content = file.read_text()
        if old not in content:
            raise SystemExit(f"WRONG: nothing to plant in {file.name}")
        result = home / file.name
        result.write_text(content.replace(old, new, 1))
        return result

    def cases_with(old, new):
        shutil.copy(cases_file, home)
        changed(rules_file, old, new)
        promtool("test", "rules", home / cases_file.name)

    planted("a line that is no figure", lambda: promtool("check", "metrics", stdin=text + "voicebridge_calls one\n"))
    planted("a counter without its ending", lambda: promtool(
        "check", "metrics", stdin="# HELP a_number Counts.\n# TYPE a_number counter\na_number 1\n"))
    planted("a function that is none", lambda: promtool("check", "rules", changed(rules_file, "sum by (instance)", "sam by (instance)")))
    planted("an alert that never fires", lambda: cases_with('up{job="voicebridge"} == 0', 'up{job="voicebridge"} == 2'))
    planted("an alert that always fires", lambda: cases_with("voicebridge_webhooks_oldest_seconds > 600", "voicebridge_webhooks_oldest_seconds > -1"))
    planted("an alert without cases", lambda: check_cases([], rules))
    planted("a query that nobody understands", lambda: check_queries(
        {"panels": [{"targets": [{"expr": "sum(rate(voicebridge_calls[5m])"}]}], "annotations": {"list": []}}, home))
    planted("a name that nobody tells", lambda: check_names(["sum(voicebridge_cals)"], told))
    planted("an alert without a section", lambda: check_runbook(rules, RUNBOOK.read_text().replace("## VoiceBridgeDown", "## Down")))
    planted("a figure that the guide has not", lambda: check_guide(guide.replace("`voicebridge_calls_limit`", ""), told))
    planted("a figure that only the guide has", lambda: check_guide(guide + "\n`voicebridge_fortune`", told))


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")
