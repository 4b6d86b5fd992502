# Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
# Becomes the server of the folder $1 after writing down its process id. The keeper marks the folder before it reads the id: one of
# the two always sees the other.
folder=$1
shift
echo $$ >"$folder/mysqld.pid" && [ ! -e "$folder/closing" ] && exec "$@"
exit 97
