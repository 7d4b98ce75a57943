# shellcheck shell=bash
# The command lighthouse: the page as it is served, audited.

run_lighthouse() {   # run_lighthouse [lab...]
  local log="$TARGET_DIR/lighthouse.txt" server address
  build
  chrome_for "a browser to audit in"
  npm_packages benches/lighthouse "Lighthouse (185 MB)"
  node tools/compress.mjs "$TARGET_DIR/compressed"
  python3 tools/serve.py "$TARGET_DIR/compressed" 0 >"$log" &
  server=$!
  # shellcheck disable=SC2064
  trap "kill $server" EXIT
  until address="$(grep -o 'http://127.0.0.1:[0-9]*/' "$log")"; do sleep 0.1; done
  node benches/lighthouse/audit.mjs "$address" "$@"
}
