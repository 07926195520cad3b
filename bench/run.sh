#!/bin/sh
# Runs the side-by-side measurements: bench/run.sh [case ...]. Without names all of them, and docs/benchmarks.md is
# written anew. BENCH_ROUNDS and BENCH_SECONDS shorten or lengthen it.
set -eu
cd "$(dirname "$0")/.."
home=$(build/find-jdk.sh java)
for tool in taskset nginx haproxy wrk ab h2load; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "$tool" >/dev/null 2>&1 || missing="${missing:-} $tool"
done
if [ -n "${missing:-}" ]; then
    echo "Not installed:$missing. On Debian: apt-get install util-linux nginx-light haproxy wrk apache2-utils nghttp2-client" >&2
fi
build/mvn.sh --quiet package dependency:build-classpath -Dmdep.outputFile=target/classpath -DskipTests -pl bench -am
exec taskset -c 1 "$home/bin/java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dio.netty.leakDetection.level=disabled -Djava.awt.headless=true \
    -Dbench.rounds="${BENCH_ROUNDS:-5}" -Dbench.seconds="${BENCH_SECONDS:-6}" \
    -cp "bench/target/classes:$(cat bench/target/classpath)" io.sluice.bench.Bench . "$@"
