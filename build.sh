#!/usr/bin/env bash
# Builds, serves and tests the Regularization Playground: ./build.sh --help
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly CRATE=regularization_playground
readonly TARGET=wasm32-unknown-unknown
readonly CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/regularization-playground"
readonly TARGET_DIR="${CARGO_TARGET_DIR:-target}"
readonly NPM_DIR=tests/browser
readonly WASM_PACK=0.15.1 GECKODRIVER=0.37.1
# What the module may use, by name: --all-features would emit forms no browser accepts.
readonly WASM_OPT_FLAGS=(-O3 --enable-simd --enable-bulk-memory --enable-bulk-memory-opt
  --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue --enable-call-indirect-overlong
  --enable-exception-handling)

usage() {
  cat <<'TEXT'
usage: ./build.sh <command>

  serve [port]  build what has changed and serve the page on 127.0.0.1 (port 8000;
                the next free one if it is taken and none was asked for; 0 = any)
  build         build the WebAssembly package into www/pkg
  test          run every test: native, doc, headless Chromium and Firefox, node, end to end
  check         what CI runs: rustfmt, clippy, rustdoc (warnings are errors), then test
  bench [--quick]
                measure against other engines, in Chromium and natively (ten minutes):
                writes benches/results.json and the table in README.md. --quick shows
                in two minutes that it all runs, and writes neither
  env           print the exports with which plain cargo and wasm-pack build and test for
                wasm32 as this script does: eval "$(./build.sh env)"

Needed beforehand: Rust (rustup), node, npm and python3. What else is missing is
installed when first needed, and named before it is: tools and a standard library
for wasm32 into the cache folder, npm packages into tests/browser/node_modules
(and benches/node_modules), browsers by apt-get. Delete this folder to start afresh:
TEXT
  echo "  $CACHE"
}

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '\nbuild.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
# Some networks swallow requests instead of refusing them, and tests hang: never wait for ever.
limit() {   # limit seconds command...
  if ! have timeout; then "${@:2}"
  elif [ -t 0 ]; then timeout --foreground "$@"   # Ctrl-C still reaches the command
  else timeout -k 10 "$@"; fi
}
digest() { if have sha256sum; then sha256sum; else shasum -a 256; fi | cut -c1-64; }

require_basics() {
  local missing=() tool
  for tool in cargo rustc node npm python3; do have "$tool" || missing+=("$tool"); done
  [ ${#missing[@]} -eq 0 ] || die "not found on PATH: ${missing[*]}
cargo and rustc come with rustup (https://rustup.rs), npm with node (https://nodejs.org)."
}

# ---- packages of the system, of crates.io and of npm

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

apt_update() {   # old package lists name files that are gone
  [ -z "${APT_UPDATED:-}" ] || return 0
  say "reading the package lists anew (apt-get update)"
  as_root apt-get update -qq >&2 || true
  APT_UPDATED=1
}

apt_install() {   # apt_install "why" package...
  have apt-get || return 1
  apt_update
  say "installing by apt-get: ${*:2} ($1)"
  # --no-remove: never at the price of other software.
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends --no-remove "${@:2}" >&2
}

cargo_tool() {   # cargo_tool crate version program "why": puts the program on PATH
  local root="$CACHE/tools/$1-$2"
  [[ "$("$3" --version 2>/dev/null)" == "$3 $2"* ]] && return
  if [ ! -x "$root/bin/$3" ]; then
    say "installing $1 $2 from crates.io into $root ($4)"
    # With the versions its authors tested; where one of them cannot be had, with the newest that fit.
    cargo install --locked "$1" --version "$2" --root "$root" >&2 ||
      cargo install "$1" --version "$2" --root "$root" >&2
  fi
  export PATH="$root/bin:$PATH"
}

npm_packages() {   # npm_packages folder "what they are"
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "installing from npm into $1/node_modules: $2"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund >&2
  touch "$1/node_modules/.package-lock.json"
}

# ---- a standard library for wasm32 that unwinds
# The one rustup ships aborts: after a panic every object is dead and the stack leaks. So it is
# built once from source, as a toolchain folder of its own; the default toolchain stays as it is.

default_rustc() { rustup which rustc 2>/dev/null || command -v rustc; }
compiler_key() { "$1" -vV | sed -n 's/^release: //p; s/^commit-hash: \(.\{9\}\).*/\1/p' | sort | paste -sd- - ; }
# Sorting and printing of numbers, which stand in the module many times over, in their small form.
readonly STD_FEATURES=optimize_for_size
std_key() { echo "$(compiler_key "$1")-$STD_FEATURES"; }

WASM_TOOLCHAIN=   # its folder; empty: the default toolchain, whose panics abort

wasm() (   # wasm command...: runs it with the compiler, library and flags for wasm32
  if [ -n "$WASM_TOOLCHAIN" ]; then
    export PATH="$WASM_TOOLCHAIN/bin:$PATH" SYSROOT="$WASM_TOOLCHAIN"
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=-Cpanic=unwind
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTDOCFLAGS=-Cpanic=unwind
  fi
  "$@"
)

find_wasm_toolchain() {   # the one in the cache, else makes it
  local key
  for key in "rustup-$(std_key "$(default_rustc)")" "debian-$([ -x /usr/bin/rustc ] && std_key /usr/bin/rustc)"; do
    WASM_TOOLCHAIN="$CACHE/toolchain-$key"
    [ ! -x "$WASM_TOOLCHAIN/bin/rustc" ] || return 0
  done
  mkdir -p "$CACHE"
  rustup_toolchain || debian_toolchain || die "no way to compile for $TARGET on this system.
Needed is one of: a rustup that can download (rustup target add $TARGET), or
Debian 12 with its packages rustc-web, cargo-web, rust-web-src and lld-22."
}

rustup_toolchain() {
  have rustup || return 1
  say "adding the target $TARGET to rustup's toolchain (to compile for the browser)"
  limit 120 rustup target add "$TARGET" >&2 || { say "rustup cannot download it"; return 1; }
  say "adding rust-src (to build a standard library whose panics unwind)"
  WASM_TOOLCHAIN="$CACHE/toolchain-rustup-$(std_key "$(default_rustc)")"
  limit 120 rustup component add rust-src >&2 &&
    build_std "$(rustup which rustc)" "$(rustup which cargo)" && return
  WASM_TOOLCHAIN=
  say "the standard library cannot be built from source here: panics will abort the module, not become errors"
}

debian_toolchain() {
  have apt-get || return 1
  apt_update
  local lld; lld="$(apt-cache pkgnames lld- | grep -E '^lld-[0-9]+$' | sort -t- -k2 -n | tail -1)"
  apt_install "Debian's compiler for WebAssembly; yours stays the default" \
    rustc-web cargo-web rust-web-src rust-web-clippy "${lld:-lld}" || return 1
  WASM_TOOLCHAIN="$CACHE/toolchain-debian-$(std_key /usr/bin/rustc)"
  build_std /usr/bin/rustc /usr/bin/cargo
}

build_std() {   # build_std rustc cargo: into the folder $WASM_TOOLCHAIN
  local rustc=$1 cargo=$2 folder=$WASM_TOOLCHAIN work="$CACHE/std-build"
  say "building the standard library for $TARGET, once, into $folder (about a minute)"
  rm -rf "$work" "$folder"; mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nedition = "2021"\n[profile.release]\npanic = "unwind"\n' >"$work/Cargo.toml"
  echo '#![no_std]' >"$work/src/lib.rs"
  # build-std is for nightly compilers; RUSTC_BOOTSTRAP lends it to this one for this one build.
  # `test` is there for `cargo test --target`.
  (cd "$work" && RUSTC="$rustc" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cpanic=unwind "$cargo" build --release \
    --target "$TARGET" --target-dir target -Z build-std=std,test,panic_unwind,panic_abort -Z build-std-features="$STD_FEATURES" >&2) || return 1
  lay_out_toolchain "$rustc" "$cargo" "$folder" "$work/target/$TARGET/release/deps"
  # Proved by a first program before anything relies on it.
  echo 'fn main() {}' | "$folder/bin/rustc" --target "$TARGET" -Cpanic=unwind -o "$work/first.wasm" - >&2 ||
    { rm -rf "$folder"; return 1; }
  # What was compiled against another copy of the library no longer fits, and cargo cannot know.
  rm -rf "$work" "${TARGET_DIR:?}/$TARGET"
}

lay_out_toolchain() {   # lay_out_toolchain rustc cargo folder libraries
  local rustc=$1 cargo=$2 folder=$3 libraries=$4 host sysroot tool
  host="$("$rustc" -vV | sed -n 's/^host: //p')"; sysroot="$("$rustc" --print sysroot)"
  mkdir -p "$folder/bin" "$folder/lib/rustlib/$TARGET/lib" "$folder/lib/rustlib/$host/bin"
  cp "$libraries"/*.rlib "$folder/lib/rustlib/$TARGET/lib/"
  rm "$folder/lib/rustlib/$TARGET/lib/"libempty-*.rlib
  ln -s "$sysroot/lib/rustlib/$host/lib" "$folder/lib/rustlib/$host/lib"
  ln -s "$(find_lld "$sysroot/lib/rustlib/$host/bin/rust-lld")" "$folder/lib/rustlib/$host/bin/rust-lld"
  ln -s "$cargo" "$folder/bin/cargo"
  for tool in rustc rustdoc; do
    printf '#!/bin/sh\nexec "%s" --sysroot "%s" "$@"\n' "$(dirname "$rustc")/$tool" "$folder" >"$folder/bin/$tool"
    chmod +x "$folder/bin/$tool"
  done
  for tool in cargo-clippy clippy-driver; do
    [ ! -x "$(dirname "$cargo")/$tool" ] || ln -s "$(dirname "$cargo")/$tool" "$folder/bin/$tool"
  done
}

find_lld() {   # the compiler's own linker, else the newest of the system's
  if [ -x "$1" ]; then echo "$1"; else ls -d /usr/lib/llvm-*/bin/lld /usr/bin/lld 2>/dev/null | sort -V | tail -1; fi
}

# ---- the package

locked_version() { awk -v crate="name = \"$1\"" '$0 == crate { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock; }
wasm_opt() { "$NPM_DIR/node_modules/.bin/wasm-opt" "$@"; }

prepare_build() {
  require_basics
  [ -f Cargo.lock ] || cargo generate-lockfile
  cargo_tool wasm-bindgen-cli "$(locked_version wasm-bindgen)" wasm-bindgen "writes the JavaScript side of the module"
  npm_packages "$NPM_DIR" "binaryen (optimises the module), playwright-core and axe-core (drive and judge the browser tests)"
  find_wasm_toolchain
}

build() {
  prepare_build
  say "compiling to WebAssembly"
  # --locked: a CI run builds from the committed lock or not at all.
  wasm cargo build ${CI:+--locked} --release --lib --target "$TARGET"
  local module="$TARGET_DIR/$TARGET/release/$CRATE.wasm" stamp
  stamp="$(cat "$module" build.sh Cargo.toml Cargo.lock "$NPM_DIR/package-lock.json" | digest)"
  if [ "$(cat www/pkg/.stamp 2>/dev/null)" = "$stamp $(package_digest www/pkg)" ]; then
    say "www/pkg is up to date"; return
  fi
  local folder="$TARGET_DIR/pkg.$$"
  package "$module" "$folder"
  run_in_node "$folder"
  echo "$stamp $(package_digest "$folder")" >"$folder/.stamp"
  rm -rf www/pkg; mv "$folder" www/pkg
  say "www/pkg: $(wc -c <"www/pkg/${CRATE}_bg.wasm") bytes, $(gzip -9c "www/pkg/${CRATE}_bg.wasm" | wc -c) gzipped"
}

package_digest() { cat "$1/${CRATE}_bg.wasm" "$1/$CRATE.js" 2>/dev/null | digest; }

package() {   # package module folder
  local raw="$2/raw.wasm" optimised="$2/${CRATE}_bg.wasm"
  rm -rf "$2"
  wasm-bindgen --target web --out-dir "$2" "$1"
  say "optimising with binaryen's wasm-opt"
  mv "$optimised" "$raw"; wasm_opt "${WASM_OPT_FLAGS[@]}" "$raw" -o "$optimised"; rm "$raw"
  # Tells node, and any bundler, that this is an ES module.
  printf '{\n  "name": "%s",\n  "version": "%s",\n  "type": "module",\n  "main": "%s.js",\n  "types": "%s.d.ts"\n}\n' \
    "$CRATE" "$(locked_version "$CRATE")" "$CRATE" "$CRATE" >"$2/package.json"
}

# A module can pass validation and still trap: it is run before it is put in place.
run_in_node() {
  PACKAGE="$(cd "$1" && pwd)/$CRATE" node --input-type=module <<'JS'
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const lab = await import(pathToFileURL(`${process.env.PACKAGE}.js`));
lab.initSync({ module: readFileSync(`${process.env.PACKAGE}_bg.wasm`) });
const labs = lab.catalogue().length;
let trained = "";
if (lab.Network) {
  const network = new lab.Network({ input: 2, loss: "mse", keep_prob_input: 0.8, alpha: 0.1,
    layers: [{ kind: "dense", units: 4, activation: "tanh", keep_prob: 0.5 }, { kind: "dense", units: 1 }] });
  network.load(new Float64Array([0, 0, 0, 1, 1, 0, 1, 1]), new Float64Array([0, 1, 1, 0]));
  const { step, loss } = network.step(20);
  if (step !== 20 || !Number.isFinite(loss)) throw new Error(`after 20 steps: step ${step}, loss ${loss}`);
  trained = ", a network trained";
}
console.error(`\n== the module ran in node: version ${lab.version()}, ${labs} labs${trained}`);
JS
}

# ---- serving

serve() {   # serve [port]
  [[ "${1:-0}" =~ ^[0-9]+$ ]] || die "serve $1: the port must be a whole number"
  build
  serve_www "${1:-}"
}

serve_www() {   # serve_www [port]
  exec python3 - "$1" <<'PY'
import functools, http.server, sys

class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2"}

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        # A sandboxed iframe has an origin of its own and could load no module without this.
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_request(self, code="-", size="-"):
        pass

def listen(ports):
    handler = functools.partial(Handler, directory="www")
    for port in ports:
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            problem = f"port {port}: {error.strerror}"
    sys.exit(f"build.sh: {problem}")

server = listen([int(sys.argv[1])] if sys.argv[1] else range(8000, 8010))
print(f"\nThe page: http://127.0.0.1:{server.server_port}/   (Ctrl-C stops)", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
PY
}

# ---- tests

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

find_chrome() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    have "$name" && { command -v "$name"; return; }
  done
  return 1
}

prepare_tests() {
  prepare_build
  # What cannot be had fails the tests that need it, and no others.
  cargo_tool wasm-pack "$WASM_PACK" wasm-pack "runs Rust tests in browsers" || true
  cargo_tool geckodriver "$GECKODRIVER" geckodriver "steers Firefox" || true
  # Chromium and its driver must be of one version, so they come together.
  { find_chrome && have chromedriver; } >/dev/null ||
    apt_install "a browser for the tests, and what steers it" chromium chromium-driver || say "no Chromium with its driver"
  have firefox || have firefox-esr ||
    apt_install "a second browser for the tests" firefox-esr || say "no Firefox"
  CHROME="$(find_chrome || true)"; export CHROME MOZ_HEADLESS=1
}

run_test() {
  trap summary EXIT   # however it ends
  require_basics
  stage "native tests" limit 1800 cargo test ${CI:+--locked} --no-fail-fast
  same_bits
  prepare_tests
  gate "the package" limit 1800 ./build.sh build
  stage "tests in Chromium" wasm limit 1200 wasm-pack test --headless --chrome . --test web --test plot
  stage "tests in Firefox" wasm limit 1200 wasm-pack test --headless --firefox . --test web --test plot
  stage "tests in node" limit 600 node --test --test-reporter=spec tests/node/*.test.mjs
  stage "end to end tests" limit 1200 node --test --test-reporter=spec tests/browser/*.test.mjs
  FINISHED=1
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

summary() {
  [ -n "${FINISHED:-}" ] || FAILED=$((FAILED + 1))
  printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ] || exit 1
}

run_check() {
  trap summary EXIT
  require_basics
  local part
  for part in fmt clippy; do
    cargo "$part" --version >/dev/null 2>&1 || limit 120 rustup component add "$part" >&2 || true
  done
  gate "rustfmt" cargo fmt --check
  gate "clippy" cargo clippy ${CI:+--locked} --all-targets -- -D warnings
  gate "rustdoc" env RUSTDOCFLAGS="-D warnings" cargo doc ${CI:+--locked} --no-deps
  prepare_build
  wasm_clippy
  gate "rustdoc for $TARGET" wasm env RUSTDOCFLAGS="-D warnings" cargo doc ${CI:+--locked} --no-deps --target "$TARGET"
  run_test
}

wasm_clippy() {
  if wasm cargo clippy --version >/dev/null 2>&1; then
    gate "clippy for $TARGET" wasm cargo clippy ${CI:+--locked} --target "$TARGET" --lib --test web --test plot -- -D warnings
  else
    say "clippy for $TARGET: left out, this toolchain has none"
  fi
}

# ---- measuring

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
  node benches/report.mjs benches/results.json README.md
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

run_env() {
  prepare_tests >&2
  wasm env | sed -nE "s/'/'\\\\''/g; s/^(PATH|SYSROOT|CARGO_TARGET_WASM32[A-Z0-9_]*)=(.*)/export \1='\2'/p"
}

case "${1:-}" in
  serve) [ $# -le 2 ] || { usage >&2; exit 2; }; serve "${2:-}" ;;
  build | test | check | env) [ $# -eq 1 ] || { usage >&2; exit 2; }
    if [ "$1" = build ]; then build; else "run_$1"; fi ;;
  bench) [ "${*:2}" = "" ] || [ "${*:2}" = --quick ] || { usage >&2; exit 2; }; run_bench "${@:2}" ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
