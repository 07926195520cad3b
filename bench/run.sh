#!/bin/sh
# Runs the side-by-side measurements: bench/run.sh [case ...]. Without names all of them, and docs/benchmarks.md is
# written anew. Gateways: plain filters 10k 100k tls handshakes h2 footprint. Messages: fanout fanout16 rooms sse-fanout
# cluster idle-sockets ws-handshakes. Overload: overload overload-tokens reconnect. With BENCH_WRITE=true named ones of
# the last two kinds replace their part of the page, and all of the first kind together theirs. BENCH_ROUNDS and
# BENCH_SECONDS shorten or lengthen it.
set -eu
cd "$(dirname "$0")/.."
home=$(build/find-jdk.sh java)
ulimit -n "$(ulimit -Hn)"
for tool in taskset nginx haproxy wrk ab h2load cc node npm; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "$tool" >/dev/null 2>&1 || missing="${missing:-} $tool"
done
if [ -n "${missing:-}" ]; then
    echo "Not installed:$missing. On Debian: apt-get install util-linux nginx-light haproxy wrk apache2-utils nghttp2-client gcc libc6-dev nodejs npm libnginx-mod-nchan" >&2
fi
build/mvn.sh --quiet package dependency:build-classpath -Dmdep.outputFile=target/classpath -DskipTests -pl bench -am
# The jars are new, so the AOT cache is made anew: what is measured is what ./sluice run starts.
"$home/bin/java" build/Train.java && touch app/target/dist/built
exec taskset -c 1 "$home/bin/java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dio.netty.leakDetection.level=disabled -Djava.awt.headless=true \
    -Dbench.rounds="${BENCH_ROUNDS:-5}" -Dbench.seconds="${BENCH_SECONDS:-5}" -Dbench.write="${BENCH_WRITE:-false}" \
    -cp "bench/target/classes:$(cat bench/target/classpath)" io.sluice.bench.Bench . "$@"
