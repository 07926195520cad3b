#!/bin/sh
# Starts Spring Cloud Gateway with this configuration file; builds it the first time.
set -eu
config=$1
cd "$(dirname "$0")"
java=$(../../build/find-jdk.sh java)/bin/java
if [ ! -f target/classpath ]; then
    ../../build/mvn.sh -f "$PWD/pom.xml" --quiet compile dependency:build-classpath -Dmdep.outputFile=target/classpath
fi
exec "$java" -Xmx512m -XX:+UseSerialGC -Dreactor.netty.ioWorkerCount=1 \
    -cp "target/classes:$(cat target/classpath)" io.sluice.bench.spring.SpringPeer --spring.config.location="file:$config"
