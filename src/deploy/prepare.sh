#!/bin/sh
# Makes of the jar what starts fast: its libraries beside it, and a cache of classes by the Java that is to run it.
#   sh src/deploy/prepare.sh target/camelbell-<version>.jar /opt/camelbell
# Then: /opt/camelbell/camelbell. Needs no other server. JAVA_HOME says which Java; without it the one in PATH.
set -eu
[ $# = 2 ] || { echo "usage: sh prepare.sh JAR FOLDER" >&2; exit 2; }
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djarmode=tools -jar "$1" extract --force --destination "$2" --application-filename camelbell.jar
cp "$(dirname "$0")/camelbell" "$2/camelbell"
chmod 755 "$2/camelbell"
exec "$2/camelbell" --make-cache
