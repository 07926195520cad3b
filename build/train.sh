#!/bin/sh
# Makes app/target/dist/sluice.aot: starts the gateway once on a free port, asks it for a few pages,
# stops it, and lets the JVM write down the classes it used (JEP 514). The flags are those of ./sluice.
set -eu
cd "$(dirname "$0")/.."
cache=app/target/dist/sluice.aot
log=app/target/dist/training.log
export SLUICE_JAVA_OPTS="-XX:AOTCacheOutput=$PWD/$cache"

./sluice version >"$log" 2>&1
[ -s "$cache" ]
