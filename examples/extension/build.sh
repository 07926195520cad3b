#!/bin/sh
# Compiles the extension against the jars of the gateway and packs it: target/extension.jar.
set -eu
cd "$(dirname "$0")"
root=../..
[ -d "$root/app/target/dist/lib" ] || "$root/build/assemble.sh"
jdk=$("$root/build/find-jdk.sh")
rm -rf target
mkdir -p target/classes
"$jdk/bin/javac" -cp "$root/app/target/dist/lib/*" -d target/classes src/example/*.java
cp -R src/META-INF target/classes/
"$jdk/bin/jar" --create --file target/extension.jar -C target/classes .
