#!/bin/sh
# Makes an authority, two server certificates and a client certificate below certs/, good for 30 days.
set -eu
cd "$(dirname "$0")"
mkdir -p certs
cd certs

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }

key ca-key.pem
openssl req -x509 -new -key ca-key.pem -days 30 -subj "/CN=Example authority" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -out ca.pem

# issue NAME SUBJECT EXTENSIONS
issue() {
    key "$1-key.pem"
    printf '%s\n' "$3" >"$1.ext"
    openssl req -new -key "$1-key.pem" -subj "/CN=$2" |
        openssl x509 -req -days 30 -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile "$1.ext" -out "$1.pem" 2>/dev/null
    rm "$1.ext"
}

issue localhost localhost "subjectAltName=DNS:localhost,IP:127.0.0.1"
issue shop shop.example "subjectAltName=DNS:shop.example"
issue client me "extendedKeyUsage=clientAuth"
echo "made in $(pwd)"
