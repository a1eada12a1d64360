#!/bin/sh
# Time from a bare Debian to a served map: debootstrap's smallest system, a clone of this checkout,
# ./lindero up until /readyz answers 200, then a second up, then kill -9 of everything and a third.
# As root on a Linux with debootstrap:  ./lindero bench startup [root|sudo] [SUITE]
# The download speed of the packages is part of the figure; making the bare system is not.
set -eu

kind=${1:-root}
suite=${2:-bookworm}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=${LINDERO_BENCH_DIR:-/var/tmp/lindero-bench}
bare=$work/$suite.tar
place=$work/$suite-$kind
port=${LINDERO_BENCH_PORT:-8181}

[ "$(id -u)" -eq 0 ] || { echo "Se mide como root (chroot)." >&2; exit 1; }
mkdir -p "$work"
[ -s "$bare" ] || {
    rm -rf "$work/making"
    debootstrap --variant=minbase "$suite" "$work/making" >"$work/debootstrap.log"
    tar -C "$work/making" -cf "$bare" .
    rm -rf "$work/making"
}
rm -rf "$place"
mkdir -p "$place"
tar -C "$place" -xf "$bare"

# The network settings of this machine: resolver, its own certificates, mirrors and indexes.
cp /etc/resolv.conf "$place/etc/resolv.conf"
mkdir -p "$place/usr/local/share/ca-certificates"
cp /usr/local/share/ca-certificates/*.crt "$place/usr/local/share/ca-certificates/" 2>/dev/null || true
for file in /etc/apt/apt.conf.d/* /etc/apt/sources.list.d/*.sources /etc/pip.conf; do
    [ -f "$file" ] || continue
    case $file in *.sources) grep -q "$suite" "$file" || continue ;; esac
    case $file in *.sources) rm -f "$place/etc/apt/sources.list" ;; esac
    dpkg -S "$file" >/dev/null 2>&1 || cp "$file" "$place$file"
done
network=$(env | grep -E '^(PIP_|UV_|SSL_CERT_|NODE_EXTRA_|[a-z]+_proxy=|[A-Z]+_PROXY=)' | grep -v ' ' || true)

case $kind in
    root) user=root checkout=/srv/lindero ;;
    sudo) user=tecnico checkout=/home/tecnico/lindero ;;
    *) echo "root o sudo, no $kind" >&2; exit 1 ;;
esac
if [ "$user" = tecnico ]; then
    chroot "$place" env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -q update && apt-get -q -y install sudo' >"$work/sudo.log" 2>&1
    chroot "$place" useradd --create-home --shell /bin/bash tecnico
    chmod 0700 "$place/home/tecnico"
    printf 'tecnico ALL=(ALL) NOPASSWD: ALL\n' >"$place/etc/sudoers.d/tecnico"
    chroot "$place" apt-get clean
fi
git clone -q --depth 1 "file://$root" "$place$checkout"
chroot "$place" chown -R "$user" "$checkout"

cat >"$place/measure" <<'INNER'
#!/bin/sh
# Inside: its own processes, so that everything ends with it.
checkout=$1 port=$2
cd "$checkout" || exit 1
clock() { date +%s.%N; }
took() { printf '%s %s\n' "$1" "$(echo "$2 $(clock)" | awk '{ printf "%.1f s", $2 - $1 }')"; }
began=$(clock)
./lindero up --detach --port "$port" || exit 1
took "== desde cero:" "$began"
began=$(clock)
./lindero up --detach || exit 1
took "== segunda vez:" "$began"
for process in $(grep -lszF "LINDERO_SUPERVISED=" /proc/[0-9]*/environ | cut -d/ -f3); do kill -9 "$process"; done
kill -9 "$(head -n 1 "$(sed -n 1p var/cluster)/postmaster.pid" 2>/dev/null || sudo head -n 1 "$(sed -n 1p var/cluster)/postmaster.pid")"
began=$(clock)
./lindero up --detach || exit 1
took "== después de kill -9 de todo:" "$began"
./lindero stop
INNER
chmod 0755 "$place/measure"

# shellcheck disable=SC2016,SC2086  # expanded inside; the list is words
unshare --mount --pid --fork --kill-child sh -c '
    set -eu
    place=$1 user=$2 checkout=$3 port=$4
    shift 4
    mount -t proc proc "$place/proc"
    mount -t sysfs -o ro sysfs "$place/sys" 2>/dev/null || true
    mkdir -p "$place/dev/shm"
    mount -t tmpfs tmpfs "$place/dev/shm"
    chmod 1777 "$place/dev/shm"
    group=$(chroot "$place" id -g "$user")
    home=/root
    [ "$user" = root ] || home=/home/$user
    exec chroot --userspec="$user:$group" "$place" env -i HOME="$home" TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" /measure "$checkout" "$port"
' sh "$place" "$user" "$checkout" "$port" $network
