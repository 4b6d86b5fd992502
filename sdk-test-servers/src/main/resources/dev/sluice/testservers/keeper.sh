# Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
# Waits until the owner closes the other end of standard input or dies, then ends the server of the folder $1 and deletes the folder.
trap '' INT HUP TERM QUIT
folder=$1
cat >/dev/null

: >"$folder/closing"
pid=$(cat "$folder/mysqld.pid" 2>/dev/null)

# The number may be another process's by now: only one that was started with this folder is ours.
ours() {
  [ -n "$pid" ] || return 1
  if [ -d /proc/self ]; then
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$folder"
  else
    ps -p "$pid" -o args= 2>/dev/null | grep -qF "$folder"
  fi
}

tries=0
while ours && [ $tries -lt 100 ]; do
  kill -KILL "$pid" 2>/dev/null
  sleep 0.05
  tries=$((tries + 1))
done
tries=0
until rm -rf "$folder" 2>/dev/null || [ $tries -ge 20 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
