#!/bin/sh
# Prints a token for this example, good for an hour: examples/auth/token.sh [SUBJECT [SCOPES]]
set -eu
secret=${JWT_SECRET:-an example secret of 32 bytes or more}
text64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
head=$(printf '{"alg":"HS256","typ":"JWT"}' | text64)
body=$(printf '{"iss":"https://issuer.example","aud":"files","sub":"%s","scope":"%s","exp":%d}' \
    "${1:-me}" "${2:-read}" "$(($(date +%s) + 3600))" | text64)
sign=$(printf %s "$head.$body" | openssl dgst -sha256 -hmac "$secret" -binary | text64)
echo "$head.$body.$sign"
