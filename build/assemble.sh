#!/bin/sh
# Builds app/target/dist: lib/*.jar and, when the JDK can make one, the AOT cache of a short
# training run. Does nothing when no source is newer than the last build.
set -eu
cd "$(dirname "$0")/.."
dist=app/target/dist
stamp=$dist/built

if [ -f "$stamp" ] && [ -z "$(find ./*/src/main ./*/pom.xml pom.xml sluice build -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
    exit 0
fi

rm -rf "$dist"
build/mvn.sh --quiet package -DskipTests -pl app -am
"$(build/find-jdk.sh)/bin/java" build/Train.java ||
    echo "No AOT cache: the gateway starts without it, a little slower." >&2
touch "$stamp"
