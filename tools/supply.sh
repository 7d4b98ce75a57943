# shellcheck shell=bash
# The commands deny, sizes and reproduce: what is built with the crate, what it weighs, and that it is the same anywhere.

readonly CARGO_DENY=0.20.2

# The licences, versions and sources are checked by every test run too (tests/node/supply.test.mjs); this knows of
# advisories, where their database can be had.
run_deny() {
  require_basics
  cargo_tool cargo-deny "$CARGO_DENY" cargo-deny "checks licences, versions, sources and advisories of crates"
  cargo deny check bans licenses sources
  say "advisories (RustSec's database, from GitHub)"
  local log; log="$(mktemp)"
  if limit 120 cargo deny check advisories >"$log" 2>&1; then cat "$log"
  elif grep -q "failed to fetch advisory database" "$log"; then say "advisories: left out, their database cannot be had here"
  else cat "$log"; rm "$log"; return 1
  fi
  rm "$log"
}

run_sizes() {
  prepare_build
  wasm cargo build ${CI:+--locked} --release --lib --target "$TARGET"
  node tools/sizes.mjs "$TARGET_DIR/$TARGET/release/$CRATE.wasm"
}

# The module built twice, of the same sources in two folders: every byte has to be the same.
run_reproduce() {
  local work folder folders hashes=()
  prepare_build
  work="$(mktemp -d)"
  # shellcheck disable=SC2064   # the folder as it is now
  trap "rm -rf '$work'" EXIT
  folders=("$work/a" "$work/another place/of another length")
  for folder in "${folders[@]}"; do   # at once: sources may change while the first is built
    mkdir -p "$folder"
    git ls-files -z -- Cargo.toml Cargo.lock src data benches | xargs -0 cp --parents -t "$folder"
  done
  for folder in "${folders[@]}"; do
    say "building in $folder"
    wasm cargo build --locked --release --lib --target "$TARGET" --manifest-path "$folder/Cargo.toml" --target-dir "$folder/target" >&2
    package "$folder/target/$TARGET/release/$CRATE.wasm" "$folder/pkg" >&2
    hashes+=("$(cd "$folder/pkg" && cat "$CRATE.js" "$CRATE.d.ts" "${CRATE}_bg.wasm" | digest)")
  done
  [ "${hashes[0]}" = "${hashes[1]}" ] || die "the two packages differ: ${hashes[*]}"
  say "the same bytes twice: SHA-256 ${hashes[0]} of the script, the types and the module"
}
