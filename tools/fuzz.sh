# shellcheck shell=bash
# The command fuzz: input that nobody meant, natively and in browsers. What is held of it stands in fuzz/src.

readonly CARGO_FUZZ=0.13.2
readonly FUZZ_KINDS=(link configuration arrays csv idx experiment figure)

run_fuzz() {   # run_fuzz [seconds] [target] | million | engines
  require_basics
  case "${1:-60}" in
    million) cargo test ${CI:+--locked} --test hostile -- --ignored --nocapture --test-threads=1 ;;
    engines) fuzz_engines ;;
    *) [[ "${1:-60}" =~ ^[0-9]+$ ]] || { usage >&2; exit 2; }
      fuzz_targets "${1:-60}" "${@:2}" ;;
  esac
}

# 100,000 cases in each browser and in node, where the default test has 2,000.
fuzz_engines() {
  build
  prepare_tests
  HOSTILE=100000 limit 1800 node --test --test-reporter=spec tests/node/hostile.test.mjs
  HOSTILE=100000 limit 1800 node --test --test-reporter=spec --test-name-pattern="hostile input" tests/browser/engines.test.mjs
}

# libFuzzer looks for input that reaches new code; what it finds goes into the target folder. What fails is
# kept there too: a case of the corpus, once it is mended.
fuzz_targets() {   # fuzz_targets seconds [target]
  local kind kinds=("${FUZZ_KINDS[@]}") folder sanitizer
  [ $# -lt 2 ] || kinds=("$2")
  cargo_tool cargo-fuzz "$CARGO_FUZZ" cargo-fuzz "drives libFuzzer"
  sanitizer="$(fuzz_sanitizer)"
  for kind in "${kinds[@]}"; do
    [ -f "fuzz/targets/$kind.rs" ] || die "fuzz: there is no target $kind; there are ${FUZZ_KINDS[*]}"
    folder="$PWD/$TARGET_DIR/fuzz/$kind"
    mkdir -p "$folder/found"
    say "$kind: $1 seconds (sanitizer: $sanitizer)"
    # cargo-fuzz is for nightly compilers; RUSTC_BOOTSTRAP lends it to this one.
    RUSTC_BOOTSTRAP=1 cargo fuzz run --target-dir "$PWD/$TARGET_DIR/fuzz/build" --sanitizer "$sanitizer" "$kind" \
      "$folder/found" "fuzz/corpus/$kind" -- "-max_total_time=$1" -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 "-artifact_prefix=$folder/"
  done
}

fuzz_sanitizer() {   # address where this compiler has it
  local work; work="$(mktemp -d)"
  if echo 'fn main() {}' | RUSTC_BOOTSTRAP=1 rustc -Zsanitizer=address -o "$work/first" - 2>/dev/null; then echo address; else echo none; fi
  rm -rf "$work"
}
