#!/bin/sh
# Maven from the root of the project, on the JDK that build/find-jdk.sh finds.
cd "$(dirname "$0")/.." || exit 1
JAVA_HOME=$(build/find-jdk.sh) || exit 1
export JAVA_HOME
command -v mvn >/dev/null || { echo "Sluice is built with Maven 3.8.7 or newer, and mvn is not on the PATH." >&2; exit 1; }
exec mvn --batch-mode --no-transfer-progress "$@"
