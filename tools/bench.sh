# shellcheck shell=bash
# The command bench: measured beside other engines, in Chromium and natively.

run_bench() {   # run_bench [--quick]
  local out="$TARGET_DIR/bench"
  build
  npm_packages benches "the engines to measure against (550 MB), playwright-core (drives the browser)"
  CHROME="$(find_chrome)" || { apt_install "a browser to measure in" chromium && CHROME="$(find_chrome)"; } ||
    die "no Chromium to measure in"
  export CHROME
  onnxruntime_graphs
  rm -rf "$out"; mkdir -p "$out"
  say "measuring in Chromium"
  node benches/run.mjs "$@" --graphs "$GRAPHS" --out "$out/browser.json"
  say "measuring natively"
  CRITERION_HOME="$out/criterion" cargo bench ${CI:+--locked} --bench native -- --noplot "$@"
  node benches/collect.mjs "$out/browser.json" "$out/criterion" "$out/results.json"
  if [ $# -gt 0 ]; then node benches/report.mjs "$out/results.json"; return; fi
  cp "$out/results.json" benches/results.json
  node benches/report.mjs benches/results.json --write
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
