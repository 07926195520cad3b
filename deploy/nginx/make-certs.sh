#!/bin/sh
# Makes a self-signed pair below certs/, good for 30 days. Put a real one there instead.
set -eu
cd "$(dirname "$0")"
mkdir -p certs
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=localhost" \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout certs/privkey.pem -out certs/fullchain.pem 2>/dev/null
echo "made in $(pwd)/certs"
