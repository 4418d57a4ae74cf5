#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What stands in deploy/, held against the programs that it is for: systemd's and Debian's tools, linters of the container
# files, the chart rendered and judged, and calls through HAProxy, nginx and Caddy, also while servers are restarted. There is
# neither an engine for containers nor a cluster: no image is built here, and no chart installed. Faults are planted that must
# be seen. The proxies are installed as Debian's packages: where systemd runs, it starts them as services, too.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; PHASES, names among files units notify containers
# chart package bill observability proxies rolling handover; CALLS, how many calls are up while servers are restarted, 50.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Checks/support.sh"
source "$root/Tests/Deploy/support.sh"
cd "$root"
began=$SECONDS
home=$deploy_home/work

need_packages "${build_packages[@]}" "${check_packages[@]}" "${deb_packages[@]}" "${deploy_packages[@]}"
need_linters
build_product release
export VOICEBRIDGE
rm -rf "$home"
mkdir -p "$home"
ulimit -n "$(ulimit -Hn)"

# must_fail WHAT COMMAND…: the command has to see the fault that was planted.
must_fail() {
    local what=$1
    shift
    if "$@" >"$home/planted.log" 2>&1; then
        echo "WRONG: planted, $what: not noticed" >&2
        return 1
    fi
    echo "planted, $what: $(grep -v '^$' "$home/planted.log" | head -n 1 | cut -c1-110)"
}

files() {
    local scripts
    mapfile -t scripts < <(git ls-files -co --exclude-standard -- 'deploy/*.sh' 'Tests/Deploy/*.sh')
    shellcheck --shell=bash --external-sources --source-path=SCRIPTDIR --exclude=SC1090,SC1091,SC2034,SC2154 "${scripts[@]}"
    local rules="{extends: default, rules: {document-start: disable, truthy: {allowed-values: ['true', 'false', 'off']}, line-length: {max: 130}, braces: {max-spaces-inside: 0}, comments: {min-spaces-from-content: 1}}}"
    local documents
    mapfile -t documents < <(git ls-files -co --exclude-standard -- 'deploy/*.yaml' ':!:deploy/helm/voicebridge/templates')
    yamllint --strict -d "$rules" "${documents[@]}"
    echo "${#scripts[@]} scripts and ${#documents[@]} YAML files are clean"
    printf 'a: 1\na: 2\n' >"$home/twice.yaml"
    must_fail "a key twice" yamllint --strict -d "$rules" "$home/twice.yaml"
    # The nearest to a service that a check can be: the sample as it is, with credentials as systemd would lay them.
    mkdir -p "$home/credentials"
    local name
    for name in token tls-certificate tls-key; do echo sesame >"$home/credentials/$name"; done
    CREDENTIALS_DIRECTORY=$home/credentials "$VOICEBRIDGE" config check deploy/voicebridge.yaml
    must_fail "a sample without its credentials" env -u CREDENTIALS_DIRECTORY "$VOICEBRIDGE" config check deploy/voicebridge.yaml
}

# judge_unit FILE: what systemd says about it is a fault, also where it would go on.
judge_unit() {
    local said
    said=$(systemd-analyze verify --man=no "$1" 2>&1) || { echo "$said"; return 1; }
    [ -z "$said" ] || { echo "$said"; return 1; }
    systemd-analyze security --offline=true --threshold=20 "${1/@one/@}" | tail -n 1
}

units() {
    local folder=$home/units unit
    mkdir -p "$folder"
    for unit in voicebridge voicebridge@; do
        sed "s#/usr/bin/voicebridge#$VOICEBRIDGE#" "deploy/$unit.service" >"$folder/$unit.service"
    done
    judge_unit "$folder/voicebridge.service"
    judge_unit "$folder/voicebridge@one.service"
    # One unit in two forms: they may differ in names alone.
    diff <(sed '1,/^\[Unit\]/d; s#/voicebridge\.yaml#/%i.yaml#; s/\(WebSockets\)$/\1 (%i)/' deploy/voicebridge.service) \
        <(sed '1,/^\[Unit\]/d' deploy/voicebridge@.service)
    sed 's/^LimitNOFILE/LimitFiles/' "$folder/voicebridge.service" >"$folder/unknown.service"
    must_fail "a setting that systemd does not know" judge_unit "$folder/unknown.service"
    # A service that is not started anew when its loops are stuck, or that is called ready before it listens, is a fault.
    grep -qx 'Type=notify' "$folder/voicebridge.service" && grep -q '^WatchdogSec=' "$folder/voicebridge.service"
    sed '/^\(ProtectSystem\|NoNewPrivileges\|CapabilityBoundingSet\|SystemCallFilter\|User\)=/d' "$folder/voicebridge.service" \
        >"$folder/open.service"
    must_fail "a unit without its walls" judge_unit "$folder/open.service"

    local tree=$home/tree
    mkdir -p "$tree"/etc/voicebridge/tls "$tree"/usr/lib/{sysusers,tmpfiles}.d
    cp deploy/voicebridge.sysusers "$tree/usr/lib/sysusers.d/voicebridge.conf"
    cp deploy/voicebridge.tmpfiles "$tree/usr/lib/tmpfiles.d/voicebridge.conf"
    touch "$tree"/etc/voicebridge/{voicebridge.yaml,token,admin-token,webhooks,recording-key,tls/privkey.pem}
    [ "$(id -u)" -eq 0 ] || { echo "not root: users and folders are not made"; return 0; }
    systemd-sysusers --root="$tree" voicebridge.conf
    grep '^voicebridge:' "$tree/etc/passwd"
    systemd-tmpfiles --root="$tree" --create voicebridge.conf
    [ "$(stat -c %a "$tree"/etc/voicebridge{,/voicebridge.yaml,/token,/admin-token,/webhooks,/recording-key,/tls,/tls/privkey.pem} \
        "$tree"/var/lib/voicebridge{,/recordings} | tr '\n' ' ')" = "750 640 600 600 600 600 700 600 700 700 " ]
}

containers() {
    "$linters/hadolint" --failure-threshold info deploy/docker/Dockerfile
    "$linters/check-jsonschema" --builtin-schema vendor.compose-spec deploy/docker/compose.yaml
    sed 's/^USER .*/USER root/' deploy/docker/Dockerfile >"$home/Dockerfile"
    must_fail "an image that runs as root" "$linters/hadolint" --failure-threshold info "$home/Dockerfile"
    sed 's/stop_grace_period/stop_grace_time/' deploy/docker/compose.yaml >"$home/compose.yaml"
    must_fail "an unknown key of the compose file" \
        "$linters/check-jsonschema" --builtin-schema vendor.compose-spec "$home/compose.yaml"
    "$linters/python" Tests/Deploy/containers.py
    # The health check asks a server that works, one that is gone, and for what is not there.
    trap kill_server EXIT
    # A machine that is busy with other things must not make it unready.
    printf 'limits: {lag: off}\nroutes:\n  - authentication: {none: true}\n' >"$home/probed.yaml"
    start_server --config "$home/probed.yaml" --port 0 --admin-port 0
    local port
    port=$(sed -n 's/.*"admin_port":"\([0-9]*\)".*/\1/p' "$server_log")
    deploy/docker/healthcheck.sh healthz "$port"
    deploy/docker/healthcheck.sh readyz "$port"
    must_fail "a path that is not there" deploy/docker/healthcheck.sh other "$port"
    stop_server
    must_fail "a server that is gone" deploy/docker/healthcheck.sh healthz "$port"
}

chart() {
    GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$deploy_home/go \
        go build -o "$home/render" Tests/Deploy/RenderChart/render.go
    "$linters/python" Tests/Deploy/chart.py "$home/render" "$VOICEBRIDGE" "$home/chart"
    yamllint --strict -d '{extends: default, rules: {line-length: disable, indentation: disable}}' "$home/chart/manifests.yaml"
}

# in_tree COMMAND…: dpkg on a system of its own that has nothing but a list of users.
in_tree() { dpkg --root="$home/system" --force-depends --force-script-chrootless --log=/dev/null "$@" >"$home/dpkg.log" 2>&1; }

package() {
    deploy/deb.sh "$home"
    local package tree=$home/system
    package=$(find "$home" -maxdepth 1 -name '*.deb')
    dpkg -I "$package" conffiles | grep -x /etc/voicebridge/voicebridge.yaml
    [ "$(id -u)" -eq 0 ] || { echo "not root: the package is not installed"; return 0; }
    mkdir -p "$tree"/var/lib/dpkg/{info,updates,triggers} "$tree/etc"
    touch "$tree/var/lib/dpkg/status"
    echo 'root:x:0:0:root:/:/bin/sh' >"$tree/etc/passwd"
    echo 'root:x:0:' >"$tree/etc/group"
    in_tree --install "$package" || { cat "$home/dpkg.log"; return 1; }
    grep '^voicebridge:' "$tree/etc/passwd"
    CREDENTIALS_DIRECTORY=$home/credentials
    mkdir -p "$CREDENTIALS_DIRECTORY"
    local name
    for name in token tls-certificate tls-key; do echo sesame >"$CREDENTIALS_DIRECTORY/$name"; done
    CREDENTIALS_DIRECTORY=$CREDENTIALS_DIRECTORY "$tree/usr/bin/voicebridge" config check "$tree/etc/voicebridge/voicebridge.yaml"
    in_tree --remove voicebridge || { cat "$home/dpkg.log"; return 1; }
    [ -e "$tree/etc/voicebridge/voicebridge.yaml" ] || { echo "removing took the configuration" >&2; return 1; }
    in_tree --purge voicebridge || { cat "$home/dpkg.log"; return 1; }
    [ ! -e "$tree/etc/voicebridge/voicebridge.yaml" ] || { echo "purging left the configuration" >&2; return 1; }
    echo "installed, removed and purged on a system of its own; removing kept the configuration, purging did not"
}

for name in ${PHASES:-files units notify containers chart package bill observability proxies rolling handover}; do
    case $name in
    files | units | containers | chart | package) phase "$name" "$name" ;;
    observability) phase observability "$linters/python" Tests/Deploy/observability.py "$VOICEBRIDGE" "$home/observability"
        phase "admin API" "$linters/python" Tests/Deploy/admin_api.py "$VOICEBRIDGE" "$home/admin-api" ;;
    bill) phase bill deploy/sbom.sh "$home/voicebridge.cdx.json" ;;
    proxies) for part in calls addresses silence; do phase "proxies, $part" \
        python3 Tests/Deploy/proxies.py "$VOICEBRIDGE" "$home/proxies" "$part"; done ;;
    rolling) phase "rolling restart" python3 Tests/Deploy/rolling.py "$VOICEBRIDGE" "$home/rolling" ;;
    handover) phase "hand-over and goodbye" python3 Tests/Deploy/handover.py "$VOICEBRIDGE" "$home/handover" ;;
    notify) phase "what systemd is told" python3 Tests/Deploy/notify.py "$VOICEBRIDGE" "$home/notify" ;;
    *) echo "there is no phase '$name'" >&2; exit 64 ;;
    esac
done
end_phases deploy $((SECONDS - began))
