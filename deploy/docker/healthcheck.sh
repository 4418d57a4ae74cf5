#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Asks the admin port, with nothing that the image would need for this alone: 0 when the answer is 200, 1 when not.
#
#   healthcheck.sh [healthz|readyz] [PORT]
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${2:-9090}"
printf 'GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${1:-healthz}" >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
