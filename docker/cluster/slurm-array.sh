#!/bin/sh
#SBATCH --job-name=tcplab-grade
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --requeue
# Grades a plan on a Slurm cluster: an array of jobs that judge a shard each, and one that merges them when all have ended.
#
#   docker/cluster/slurm-array.sh PLAN SHARDS OUT [options of sbatch ...]
#
# PLAN is what `./tcplab grade plan` wrote, in a folder that all nodes share; the journals of the shards come beside it, the gradebook
# into OUT. The same command again goes on where it stopped: what has a verdict is not judged twice. README.md says what nodes need.
set -eu

usage() {
  echo 'usage: docker/cluster/slurm-array.sh PLAN SHARDS OUT [options of sbatch ...]' >&2
  exit 2
}

# Slurm runs a copy of this file from a folder of its own, so the repository's place is handed on.
submit() {
  [ $# -ge 3 ] || usage
  script=$(readlink -f "$0")
  plan=$(readlink -f "$1")
  shards=$2
  mkdir -p "$3"
  out=$(readlink -f "$3")
  shift 3
  case $shards in '' | *[!0-9]* | 0*) usage ;; esac
  [ -f "$plan" ] || { echo "there is no plan $1: make it with ./tcplab grade plan SUBMISSIONS --out DIR" >&2; exit 2; }
  TCPLAB_GRADE=${script%/docker/cluster/*}/tcplab
  export TCPLAB_GRADE

  array=$(sbatch --parsable --array="1-$shards" --output="$out/slurm-%a.txt" "$@" "$script" shard "$plan" "$shards")
  # After any end, not only a good one: the merge says which rows have no verdict.
  merge=$(sbatch --parsable --dependency="afterany:${array%%;*}" --output="$out/slurm-merge.txt" "$@" \
    "$script" merge "$plan" "$shards" "$out")
  echo "Jobs ${array%%;*} (shards) and ${merge%%;*} (merge) are submitted. What they say is in $out/slurm-*.txt."
}

case ${1:-} in
  shard)
    exec "$TCPLAB_GRADE" grade run --plan "$2" --shard "$SLURM_ARRAY_TASK_ID/$3"
    ;;
  merge)
    plan=$2 shards=$3 out=$4
    set --
    shard=1
    while [ "$shard" -le "$shards" ]; do
      journal=${plan%/*}/journal-$shard-of-$shards.jsonl
      # A shard that never began has none: then the merge says what is missing.
      [ ! -e "$journal" ] || set -- "$@" "$journal"
      shard=$((shard + 1))
    done
    exec "$TCPLAB_GRADE" grade merge --plan "$plan" --out "$out" "$@"
    ;;
  *) submit "$@" ;;
esac
