#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The bot `realtime` against a service that speaks the realtime protocol: every event both ways is held against the types of
# PyPI's `openai`, and the service goes wrong in every way that is known. What each call must come to is in scenarios.py.
#
#   realtime.sh [NAME…]    all calls, or these
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Checks/support.sh"
here=$root/Tests/Realtime
home=$root/.cache/realtime
calls=$home/calls

need_packages "${build_packages[@]}" "${check_packages[@]}" python3-venv openssl
installed=$home/environment/.installed-$(sha256sum <"$here/requirements.txt" | cut -c1-16)
if [ ! -e "$installed" ]; then
    rm -rf "$home/environment"
    mkdir -p "$home"
    python3 -m venv "$home/environment"
    "$home/environment/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    touch "$installed"
fi
build_product release
rm -rf "$calls"
mkdir -p "$calls"

# certify NAME HOSTS: a key, and a certificate of the authority's for it.
certify() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" \
        -keyout "$calls/$1.key" -out "$calls/$1.csr"
    openssl x509 -req -in "$calls/$1.csr" -CA "$calls/authority.pem" -CAkey "$calls/authority.key" -days 2 \
        -extfile <(echo "subjectAltName=$2") -out "$calls/$1.pem"
}
{
    for name in authority strange; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$name" \
            -addext "subjectAltName=IP:127.0.0.1" -keyout "$calls/$name.key" -out "$calls/$name.pem"
    done
    certify service IP:127.0.0.1
    certify elsewhere DNS:service.example
} 2>"$calls/certificates.log" || { cat "$calls/certificates.log" >&2; exit 1; }

"$home/environment/bin/python" "$here/calls.py" "$VOICEBRIDGE" "$calls" ${1:+--only "$@"}
