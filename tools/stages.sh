# shellcheck shell=bash
# Stages and gates: each runs whatever happened before it, and is counted.

PASSED=0 FAILED=0

stage() {   # stage "name" command...: runs it whatever happened before, shows its output, adds up its tests
  local log passed failed status
  log="$(mktemp)"; say "$1"
  set +e; (set -e; "${@:2}") 2>&1 | tee "$log"; status=${PIPESTATUS[0]}; set -e
  read -r passed failed < <(count_tests "$log"); rm "$log"
  # Not to have run at all is a failure too.
  if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then failed=1; fi
  tally "$1" "$passed" "$failed"
}

gate() {   # gate "name" command...: one check, which passes or fails as a whole
  say "$1"
  if "${@:2}"; then tally "$1" 1 0; else tally "$1" 0 1; fi
}

tally() { PASSED=$((PASSED + $2)) FAILED=$((FAILED + $3)); say "$1: $2 passed, $3 failed"; }

# cargo and wasm-bindgen say `test result: ok. 3 passed; 0 failed`, node `# pass 3`, `# fail 0`.
count_tests() {
  awk '{ gsub(/\033\[[0-9;]*m/, "") }
    /^test result: / { for (i = 2; i <= NF; i++) { if ($i == "passed;") p += $(i-1); if ($i == "failed;") f += $(i-1) } }
    /^(#|ℹ) pass [0-9]+$/ { p += $3 }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { f += $3 }
    END { print p + 0, f + 0 }' "$1"
}

summary() {
  [ -n "${FINISHED:-}" ] || FAILED=$((FAILED + 1))
  printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ] || exit 1
}
