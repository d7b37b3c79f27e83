#!/usr/bin/env bash
# Makes the filers' database where it is missing, in the image of PostgreSQL.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  echo "usage: database.sh NAME   (PGHOST, PGUSER … say where)"
  exit 0
fi

database=$1
# The first process of a container gets no signal that it does not ask for.
trap 'exit 143' TERM INT

present() {
  [[ $(psql -X -q -A -t -v name="$database" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'") == 1 ]]
}

# Another filer may be faster, and PostgreSQL may not be there yet: no event of either reaches here.
until present; do
  psql -X -q -v name="$database" <<<'CREATE DATABASE :"name"' || sleep 1
done
# Only its owner, which is the login here, has any business in it.
psql -X -q -v name="$database" <<<'REVOKE ALL ON DATABASE :"name" FROM PUBLIC'
echo "database $database is there"
