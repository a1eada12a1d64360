#!/bin/sh
# PostgreSQL's archive_command: keeps one finished WAL segment in this script's own folder (the spool).
# archive_wal.sh PATH NAME. On the disk before it counts; never over another content.
# Run by the server as its own user from a copy beside its data: the checkout may be closed to it.
set -eu

spool=$(dirname -- "$0")
kept=$spool/$2

if [ -e "$kept" ]; then
    # The server asks again when it died before it noted our answer.
    cmp -s -- "$1" "$kept" || {
        echo "archive_wal: $kept ya existe con otro contenido" >&2
        exit 1
    }
    sync -- "$kept" "$spool"
    exit 0
fi
cp -- "$1" "$kept.part"
sync -- "$kept.part"
mv -- "$kept.part" "$kept"
sync -- "$spool"
