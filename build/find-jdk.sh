#!/bin/sh
# Prints the home of a JDK that is new enough, or explains in one line that there is none.
#
#   build/find-jdk.sh [TOOL]      TOOL is what its bin folder must hold; javac by default
#
# Order: JAVA_HOME, the java on the PATH, then the usual install folders of Linux and macOS.
# Release 25 itself goes before anything newer: it is what the project is tested with.
# The release file of each JDK is read; nothing is started unless that file is missing.
set -u
need=25
tool=${1:-javac}

# The feature release of a JDK home, 0 when it is none.
release_of() {
    [ -x "$1/bin/$tool" ] || { echo 0; return; }
    version=
    [ -r "$1/release" ] && version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    echo "${version:-0}"
}

# The home behind the java on the PATH; shims of version managers are asked, links are followed.
home_on_path() {
    java=$(command -v java) || return
    real=$(readlink -f "$java" 2>/dev/null) || real=$java
    home=${real%/bin/java}
    [ -r "$home/release" ] || home=$("$java" -XshowSettings:properties -version 2>&1 |
        sed -n 's/^ *java\.home = //p')
    echo "$home"
}

take() {
    release=$(release_of "$1")
    [ "$release" -ge "$need" ] || return 1
    [ "$2" = any ] || [ "$release" = "$need" ] || return 1
    echo "$1"
    exit 0
}

[ -z "${JAVA_HOME:-}" ] || take "$JAVA_HOME" any
on_path=$(home_on_path)
[ -z "$on_path" ] || take "$on_path" any

for wanted in exact any; do
    for home in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /opt/* /opt/java/* /opt/jdk/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jenv/versions/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        [ -d "$home" ] && take "$home" "$wanted"
    done
done

echo "Sluice needs a JDK $need or newer and found none: install one (https://adoptium.net) or set JAVA_HOME." >&2
exit 1
