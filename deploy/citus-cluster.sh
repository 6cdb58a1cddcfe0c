#!/usr/bin/env bash
# A Citus cluster on this machine: one coordinator and several workers, each a separate PostgreSQL server on
# 127.0.0.1, ready for Rollcall. It needs PostgreSQL's server programs with Citus installed, and nothing else.
# docs/guide/scale-out.md runs the same SQL on separate machines.
#
#   deploy/citus-cluster.sh up DIR          makes the cluster in DIR, or starts it again, and prints its URL
#   deploy/citus-cluster.sh spread DIR      spreads Rollcall's tables over the workers; once, after `rollcall migrate`
#   deploy/citus-cluster.sh add-worker DIR  adds one worker and moves its share of the shards to it
#   deploy/citus-cluster.sh shards DIR      prints how many shards each server holds
#   deploy/citus-cluster.sh down DIR [NODE…] stops all servers or these, such as worker-1; the data stays in DIR
#   deploy/citus-cluster.sh run DIR         up; at the end of its standard input or at a signal it stops the servers
#                                           and deletes DIR
#   deploy/citus-cluster.sh where           prints the folder of the server programs that have Citus
#
# Options of up and run, when the cluster is made:
#   --workers N      workers (2)
#   --port P         the coordinator's port (9700); workers take the following ones
#   --set NAME=VALUE a line of postgresql.conf for every server; may be repeated
#
# PG_CONFIG names the pg_config of the PostgreSQL to use. Run by root, the servers run as the user postgres or nobody.
set -euo pipefail

program=${0##*/}
fail() {
  echo "$program: $*" >&2
  exit 1
}

# The folder of server programs whose PostgreSQL has Citus: $PG_CONFIG, the one in PATH, then Debian's, newest first.
programs_with_citus() {
  local config
  for config in ${PG_CONFIG:-pg_config $(ls -d /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -rV)}; do
    command -v "$config" >/dev/null || continue
    if [ -e "$("$config" --sharedir)/extension/citus.control" ] && [ -x "$("$config" --bindir)/initdb" ]; then
      "$config" --bindir
      return
    fi
  done
  return 1
}

# initdb and postgres refuse to run as root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups "$@"
  else
    "$@"
  fi
}

nodes() { (cd "$dir" && ls -d coordinator worker-* 2>/dev/null | sort -V); }
port_of() { cat "$dir/$1/port"; }
# Runs SQL on a server, as superuser or (with --user) as rollcall; stops at the first error.
sql() {
  local user=postgres
  if [ "$1" = --user ]; then
    user=rollcall
    shift
  fi
  local node=$1 database=$2
  shift 2
  PGPASSFILE="$dir/passwords" PGOPTIONS="-c client_min_messages=warning ${PGOPTIONS:-}" unprivileged "$bin/psql" --no-psqlrc \
    --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --host 127.0.0.1 --port "$(port_of "$node")" \
    --username "$user" --dbname "$database" "$@"
}
password() { cut -d: -f5 "$dir/passwords" | head -n1; }

make_server() {
  local node=$1 port=$2
  unprivileged mkdir "$dir/$node"
  unprivileged "$bin/initdb" --pgdata "$dir/$node/data" --username postgres --pwfile "$dir/password" \
    --auth scram-sha-256 --locale C --encoding UTF8 >"$dir/$node/initdb.log" 2>&1 ||
    fail "initdb: $(tail -n 5 "$dir/$node/initdb.log")"
  unprivileged tee "$dir/$node/port" <<<"$port" >/dev/null
  {
    cat <<CONF
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
# Citus comes first among the libraries.
shared_preload_libraries = 'citus'
# A write to several servers is prepared on each of them.
max_prepared_transactions = 400
# citus_rebalance_start copies shards while they are written.
wal_level = logical
# Transactions that a lost server left prepared are resolved at this interval.
citus.recover_2pc_interval = '5s'
# A connection to a worker times out after this many milliseconds.
citus.node_connection_timeout = 5000
# The servers are on one machine, so they need no TLS between them.
citus.node_conninfo = 'sslmode=disable'
# The name under which a server connects to itself.
citus.local_hostname = '127.0.0.1'
# Rollcall recognises workers' errors by their English texts, because Citus drops their codes.
lc_messages = 'C'
CONF
    [ ! -e "$dir/settings" ] || cat "$dir/settings"
  } | unprivileged tee -a "$dir/$node/data/postgresql.conf" >/dev/null
}

start_server() {
  local node=$1
  # Connections between the servers find the password there.
  PGPASSFILE="$dir/passwords" unprivileged "$bin/pg_ctl" start --silent --wait --timeout 120 \
    --pgdata "$dir/$node/data" --log "$dir/$node/log" </dev/null >/dev/null 2>&1 ||
    fail "$node does not start: $(tail -n 5 "$dir/$node/log" 2>/dev/null || echo "no log in $dir/$node")"
}

runs() { unprivileged "$bin/pg_ctl" status --pgdata "$dir/$1/data" >/dev/null; }

stop_server() {
  ! runs "$1" ||
    unprivileged "$bin/pg_ctl" stop --silent --mode fast --timeout 60 --pgdata "$dir/$1/data" >/dev/null 2>&1 ||
    unprivileged "$bin/pg_ctl" stop --silent --mode immediate --pgdata "$dir/$1/data" >/dev/null 2>&1 || true
}

# On every server, before the servers are joined.
make_database() {
  sql "$1" postgres <<SQL
CREATE ROLE rollcall LOGIN PASSWORD '$(password)';
CREATE DATABASE rollcall OWNER rollcall;
SQL
  sql "$1" rollcall <<SQL
CREATE EXTENSION citus;
SQL
}

introduce() {
  sql coordinator rollcall >/dev/null <<SQL
SELECT citus_add_node('127.0.0.1', $(port_of "$1"));
SQL
}

make_cluster() {
  local workers=$1 port=$2 n
  unprivileged tee "$dir/password" <<<"$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" >/dev/null
  unprivileged tee "$dir/passwords" <<<"127.0.0.1:*:*:*:$(cat "$dir/password")" >/dev/null
  unprivileged chmod 600 "$dir/password" "$dir/passwords"
  make_server coordinator "$port"
  for ((n = 1; n <= workers; n++)); do make_server "worker-$n" $((port + n)); done
  for n in $(nodes); do start_server "$n"; done
  for n in $(nodes); do make_database "$n"; done
  sql coordinator rollcall >/dev/null <<SQL
SELECT citus_set_coordinator_host('127.0.0.1', $port);
SELECT citus_set_node_property('127.0.0.1', $port, 'shouldhaveshards', false);
SQL
  for n in $(nodes); do [ "$n" = coordinator ] || introduce "$n"; done
}

up() {
  if [ -e "$dir/made" ]; then
    local node
    for node in $(nodes); do runs "$node" || start_server "$node"; done
  else
    mkdir -p "$dir"
    [ -z "$(ls -A "$dir")" ] || fail "$dir is not empty and holds no cluster; name a new folder"
    chmod 700 "$dir"
    [ "$(id -u)" != 0 ] || chown "$account" "$dir"
    unprivileged test -x "$dir" || fail "the user $account cannot enter $dir; name a folder that it can, such as one in /var/tmp"
    [ -z "$settings" ] || unprivileged tee "$dir/settings" <<<"$settings" >/dev/null
    # A partly created cluster is useless.
    trap 'down; rm -rf "$dir"' EXIT
    make_cluster "$workers" "$port"
    unprivileged touch "$dir/made"
    trap - EXIT
  fi
  echo "postgres://rollcall:$(password)@127.0.0.1:$(port_of coordinator)/rollcall"
}

spread() {
  sql --user coordinator rollcall >/dev/null <<SQL
SELECT create_distributed_table('device', 'name');
SELECT create_distributed_table('device_tag', 'name', colocate_with => 'device');
SELECT create_distributed_table('group_device', 'name', colocate_with => 'device');
SELECT create_distributed_table('device_session', 'name', colocate_with => 'device');
SELECT create_distributed_table('device_subscription', 'name', colocate_with => 'device');
SELECT create_distributed_table('device_message', 'name', colocate_with => 'device');
SQL
}

add_worker() {
  local node port
  node=worker-$(nodes | grep -c worker- | awk '{ print $1 + 1 }')
  port=$(($(for n in $(nodes); do port_of "$n"; done | sort -n | tail -n 1) + 1))
  make_server "$node" "$port"
  start_server "$node"
  make_database "$node"
  introduce "$node"
  sql coordinator rollcall >/dev/null <<SQL
SELECT citus_rebalance_start();
SELECT citus_rebalance_wait();
SQL
}

shards() {
  sql coordinator rollcall --field-separator ' ' <<SQL
SELECT nodename || ':' || nodeport, count(shardid) FROM pg_dist_node n
  LEFT JOIN pg_dist_placement p ON p.groupid = n.groupid
    AND p.shardid IN (SELECT shardid FROM pg_dist_shard s JOIN pg_dist_partition t USING (logicalrelid) WHERE partmethod = 'h')
  GROUP BY n.groupid, nodename, nodeport ORDER BY n.groupid;
SQL
}

down() {
  local node
  # The coordinator first: it may be writing to the workers.
  for node in ${*:-$(nodes)}; do
    [ -d "$dir/$node" ] || fail "$dir has no $node, but: $(nodes | tr '\n' ' ')"
    stop_server "$node"
  done
}

usage() {
  sed -n '2,/^set/p' "$0" | grep '^#' | cut -c3-
  exit 64
}

[ $# -gt 0 ] || usage
command=$1
shift
bin=$(programs_with_citus) ||
  fail "no PostgreSQL with Citus is installed; install Citus 12.1 for PostgreSQL 15, or name the pg_config of a PostgreSQL that has it in PG_CONFIG"
if [ "$command" = where ]; then
  echo "$bin"
  exit
fi
[ $# -gt 0 ] || usage
case $1 in /*) dir=$1 ;; *) dir=$PWD/$1 ;; esac
shift
workers=2 port=9700 settings=
[ "$command" != down ] || { servers=$* && set --; }
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || usage
  case $1 in
  --workers) workers=$2 ;;
  --port) port=$2 ;;
  --set) settings+=${settings:+$'\n'}$2 ;;
  *) usage ;;
  esac
  shift 2
done
account=$(id -un)
if [ "$account" = root ]; then
  account=nobody
  ! id postgres >/dev/null 2>&1 || account=postgres
fi
[ "$command" = up ] || [ "$command" = run ] || [ -e "$dir/made" ] || fail "$dir holds no cluster; $program up makes one"
cd /

case $command in
up) up ;;
spread) spread ;;
add-worker) add_worker ;;
shards) shards ;;
down) down $servers ;;
run)
  up
  trap 'down; rm -rf "$dir"' EXIT
  trap 'exit 0' INT TERM HUP
  # A background job reads /dev/null unless its input is redirected.
  cat <&0 >/dev/null &
  wait $! || true
  ;;
*) usage ;;
esac
