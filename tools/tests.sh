# shellcheck shell=bash
# What the commands test and check run, in order.

run_test() {
  trap summary EXIT   # however it ends
  require_basics
  have parallel || apt_install "runs shards of an experiment side by side, in a test" parallel ||
    say "no GNU parallel: its test is left out"
  stage "native tests" limit 1800 cargo test ${CI:+--locked} --no-fail-fast
  same_bits
  stage "the crate from its package" crate_from_package
  prepare_tests
  gate "the package" limit 1800 ./build.sh build
  stage "tests in Chromium" wasm limit 1200 wasm-pack test --headless --chrome . --test web --test plot
  stage "tests in Firefox" wasm limit 1200 wasm-pack test --headless --firefox . --test web --test plot
  stage "tests in WebKitGTK" wasm limit 1200 node "$NPM_DIR/with-webkit.mjs" cargo test ${CI:+--locked} --target "$TARGET" --test web --test plot
  stage "tests in node" limit 600 node --test --test-concurrency=2 --test-reporter=spec tests/node/*.test.mjs
  stage "end to end tests" end_to_end
  FINISHED=1
}

# What Chromium is driven through, in Firefox and in WebKitGTK; what runs in every browser anyway is left out.
run_test_engines() {
  trap summary EXIT
  export EVERY_LAB=1
  require_basics
  prepare_tests
  gate "the package" limit 1800 ./build.sh build
  local driven
  mapfile -t driven < <(grep -l '"./harness.mjs"' tests/browser/*.test.mjs)
  TESTS_IN=firefox stage "end to end tests in Firefox" end_to_end "${driven[@]}"
  TESTS_IN=webkit stage "end to end tests in WebKitGTK" end_to_end "${driven[@]}"
  FINISHED=1
}

# All files of tests, or these, look at one served page; how many at a time is in ARCHITECTURE.md.
end_to_end() {
  [ $# -gt 0 ] || set -- tests/browser/*.test.mjs
  local log url="" status=0
  log="$(mktemp)"
  ./build.sh serve 0 >"$log" & local server=$!
  until url="$(grep -om1 'http://[0-9.:]*/' "$log")"; do
    kill -0 "$server" 2>/dev/null || die "the page could not be served"
    sleep 0.2
  done
  SERVED="$url" limit 1800 node --test --test-concurrency=3 --test-reporter=spec "$@" || status=$?
  kill "$server"; rm "$log"
  return "$status"
}

# The crate as others get it: packed, unpacked, built, and the README's example run from it. It is compiled
# without optimisation, as what `same_bits` has compiled already: to see that nothing is missing, that is enough.
# The codegen units, as many as ever, keep it apart from the checkout's, so that neither is compiled anew for the other.
crate_from_package() {
  local pack=(cargo package --allow-dirty --no-verify --target-dir "$TARGET_DIR") crate
  limit 600 "${pack[@]}" --offline 2>/dev/null || limit 900 "${pack[@]}"
  crate="$TARGET_DIR/package/$CRATE-$(locked_version "$CRATE")"
  rm -rf "$crate"; tar -xzmf "$crate.crate" -C "$TARGET_DIR/package"
  local plain=(env CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_TARGET_DIR="$TARGET_DIR/plain")
  local apart=(--manifest-path "$crate/Cargo.toml" --config "profile.dev.package.$CRATE.codegen-units=256")
  limit 900 "${plain[@]}" cargo build "${apart[@]}"
  limit 600 "${plain[@]}" cargo test --doc "${apart[@]}"
}

# The golden hashes again: without optimisation, and optimised for a processor with wider registers
# and fused multiply-add.
same_bits() {
  stage "the same bits without optimisation" limit 900 env CARGO_TARGET_DIR="$TARGET_DIR/plain" \
    CARGO_PROFILE_DEV_OPT_LEVEL=0 cargo test ${CI:+--locked} --test bits -- weights_ networks_
  grep -qw fma /proc/cpuinfo 2>/dev/null || { say "this processor has no AVX2 with FMA: left out"; return; }
  stage "the same bits with AVX2, released" limit 900 env CARGO_TARGET_DIR="$TARGET_DIR/avx" \
    RUSTFLAGS=-Ctarget-cpu=x86-64-v3 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo test ${CI:+--locked} --release --test bits
}

run_check() {
  trap summary EXIT
  export EVERY_LAB=1
  require_basics
  local part
  for part in fmt clippy; do
    cargo "$part" --version >/dev/null 2>&1 || limit 120 rustup component add "$part" >&2 || true
  done
  gate "rustfmt" cargo fmt --check
  gate "clippy" cargo clippy ${CI:+--locked} --all-targets -- -D warnings
  shell_check
  gate "rustdoc" env RUSTDOCFLAGS="-D warnings" cargo doc ${CI:+--locked} --no-deps
  prepare_build
  wasm_clippy
  gate "rustdoc for $TARGET" wasm env RUSTDOCFLAGS="-D warnings" cargo doc ${CI:+--locked} --no-deps --target "$TARGET"
  gate "types of www" type_check
  run_test
}

# The page's JavaScript says in comments what it takes and gives; the package brings types of its own.
type_check() { ./build.sh build && "$NPM_DIR/node_modules/.bin/tsc" --project tools/tsconfig.json; }

shell_check() {
  have shellcheck || apt_install "reads the shell scripts for mistakes" shellcheck ||
    { say "shellcheck: left out, it cannot be had"; return; }
  gate "shellcheck" shellcheck --external-sources --check-sourced build.sh .ci/run
}

wasm_clippy() {
  if wasm cargo clippy --version >/dev/null 2>&1; then
    gate "clippy for $TARGET" wasm cargo clippy ${CI:+--locked} --target "$TARGET" --lib --test web --test plot -- -D warnings
  else
    say "clippy for $TARGET: left out, this toolchain has none"
  fi
}
