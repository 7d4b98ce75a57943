# shellcheck shell=bash
# The command bench: measured beside other engines and beside an earlier commit, in Chromium and natively.

# What answers are measured beside for good: the last commit before anything was done for them.
readonly BEFORE_COMMIT=7e8c19f4c83649c15b491f590a45e056cabfa976

run_bench() {   # run_bench [workloads | answers | loads] [--quick] [--only key,key]
  local parts=() options=() out="$TARGET_DIR/bench" part
  while [ $# -gt 0 ]; do
    case "$1" in
      workloads | answers | loads) parts+=("$1") ;;
      --quick) options+=(--quick) ;;
      --only) [ $# -ge 2 ] || { usage >&2; exit 2; }; options+=(--only "$2"); shift ;;
      *) usage >&2; exit 2 ;;
    esac
    shift
  done
  [ ${#parts[@]} -gt 0 ] || parts=(workloads answers loads)
  [[ " ${options[*]} " != *" --only "* || "${parts[*]}" =~ ^(workloads|answers)$ ]] ||
    die "bench --only: must come with workloads, to name engines, or with answers, to name labs"
  build
  chrome_for "a browser to measure in"
  rm -rf "$out"; mkdir -p "$out"
  for part in "${parts[@]}"; do "bench_$part" "$out" "${options[@]}"; done
  if [ ${#options[@]} -gt 0 ]; then
    node benches/collect.mjs "$out" "$out/results.json"
    node benches/report.mjs "$out/results.json"
  else
    node benches/collect.mjs "$out" benches/results.json
    node benches/report.mjs benches/results.json --write
  fi
}

bench_workloads() {   # bench_workloads folder options...: beside other engines, in Chromium and natively
  local out="$1"; shift
  npm_packages benches "the engines to measure against (550 MB)"
  onnxruntime_graphs
  say "measuring in Chromium"
  node benches/run.mjs "$@" --graphs "$GRAPHS" --out "$out/workloads.json"
  say "measuring natively"
  local quick=(); [[ " $* " != *" --quick "* ]] || quick=(--quick)
  CRITERION_HOME="$out/criterion" cargo bench ${CI:+--locked} --bench native -- --noplot "${quick[@]}"
}

bench_answers() {   # bench_answers folder options...: from a moved slider to the finished run
  before_package
  say "measuring answers in Chromium, beside commit ${BEFORE_COMMIT:0:7}"
  node benches/answers.mjs "${@:2}" --before "$BEFORE" --commit "${BEFORE_COMMIT:0:7}" --out "$1/answers.json"
}

bench_loads() {   # bench_loads folder [--quick]: from the address to the first live frame, and at rest
  before_package
  say "measuring how the page loads in Chromium, beside commit ${BEFORE_COMMIT:0:7}"
  node benches/loads.mjs "${@:2}" --before "$BEFORE" --commit "${BEFORE_COMMIT:0:7}" --out "$1/loads.json"
}

# The page as it was at an earlier commit, built from the history once.
before_package() {   # sets BEFORE, a folder like www
  local work="$CACHE/bench-before.$$"
  BEFORE="$CACHE/bench-before-${BEFORE_COMMIT:0:7}"
  [ ! -d "$BEFORE/pkg" ] || return 0
  git cat-file -e "$BEFORE_COMMIT^{commit}" 2>/dev/null ||
    die "commit ${BEFORE_COMMIT:0:7}, which bench measures against, is not in this folder's history
(a shallow clone has it after git fetch --unshallow; an archive without history cannot)."
  say "building commit ${BEFORE_COMMIT:0:7} into $BEFORE, once (some minutes)"
  rm -rf "$work" "$BEFORE"; mkdir -p "$work"
  git archive "$BEFORE_COMMIT" | tar -x -C "$work"
  (cd "$work" && env -u CARGO_TARGET_DIR ./build.sh build) >&2
  mv "$work/www" "$BEFORE"; rm -rf "$work"
}

# onnxruntime-web cannot build a graph to train; a Python package can, installed for as long as that takes.
onnxruntime_graphs() {   # sets GRAPHS, a folder: it holds the graphs, or the reason why there are none
  local venv="$CACHE/bench-venv" key
  key="$(cat benches/graphs.py benches/workloads.json benches/requirements.txt | digest)"
  GRAPHS="$CACHE/bench-graphs-${key:0:12}"
  [ ! -f "$GRAPHS/complete" ] || return 0
  say "installing onnxruntime-training from PyPI into $venv, for a minute (1 GB; it writes what onnxruntime-web trains)"
  rm -rf "$venv" "$GRAPHS"; mkdir -p "$GRAPHS"
  if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q --no-deps -r benches/requirements.txt; } >&2; then
    echo "pip could not install onnxruntime-training for $(python3 --version)" >"$GRAPHS/missing.txt"
  elif ! "$venv/bin/python" benches/graphs.py benches/workloads.json "$GRAPHS" 2>"$GRAPHS/log.txt"; then
    echo "onnxruntime-training failed: $(tail -1 "$GRAPHS/log.txt")" >"$GRAPHS/missing.txt"
  else
    touch "$GRAPHS/complete"
  fi
  rm -rf "$venv"
}
