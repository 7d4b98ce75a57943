#!/usr/bin/env bash
# Builds, serves and tests the Regularization Playground: ./build.sh --help
# How it does so is in tools/, by topic.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly CRATE=regularization_playground
readonly TARGET=wasm32-unknown-unknown
readonly CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/regularization-playground"
readonly TARGET_DIR="${CARGO_TARGET_DIR:-target}"
readonly NPM_DIR=tests/browser

usage() {
  cat <<'TEXT'
usage: ./build.sh <command>

  serve [port]  build what has changed and serve the page on 127.0.0.1 (port 8000;
                the next free one if it is taken and none was asked for; 0 = any)
  build         build the WebAssembly package into www/pkg
  test          run the tests: native, doc, headless Chromium and Firefox, node, end to end
                (a part of these in WebKitGTK too); tours go through a lab of each kind
  test all      with tours through every lab
  test engines  the end to end tests that drive Chromium, once more in Firefox and in WebKitGTK
  soak [minutes] [engine] [seed]
                random actions on the page, 2 minutes of them, in one browser (chromium, firefox,
                webkitgtk) or in each: nothing may go amiss or be kept. The same seed gives the
                same actions; test has a short one in Chromium, test all one in each
  check         what CI runs: rustfmt, clippy, rustdoc (warnings are errors), then test all
  bench [workloads | answers | loads] [--quick] [--only key,key]
                measure in Chromium: the workloads beside other engines, and natively; how soon
                a moved slider is answered by the finished run, and how soon the page is alive
                and what it costs, both beside an earlier commit. Each takes up to ten minutes.
                Writes benches/results.json, and what it says into benches/README.md and
                README.md; --quick shows in two minutes that it all runs, and writes nothing;
                --only: these engines, or these labs
  lighthouse [lab...]
                audit the page with Lighthouse, as a phone on a slow network sees it
  shots [lab...]
                take pictures of every lab, wide, on a phone and dark, into target/shots
  package       write the npm folder, dist/npm: the module, the element, types, licences
  bundle [lab]  write one HTML file with everything in it, which runs from a disk or an LMS without a
                network: every lab, dist/regularization-playground.html, or one, dist/<lab>.html
  site --base URL
                write dist/site, a folder to put on any static host at that address
  books [name...]
                build the examples of books and decks with their own tools, from PyPI and npm, and
                read them in Chromium: mkdocs, reveal, jupyter (the test has the first two)
  mnist [epochs] [arm...]
                train 784-800-800-10 on the whole of MNIST without and with each regularizer, and print
                the test error after every epoch; half a minute an epoch at most
  fuzz [seconds] [target] | million | engines
                input that nobody meant: libFuzzer's targets (60 seconds each; link, configuration, arrays,
                csv, idx, experiment, figure), or a million cases natively, or 100,000 in each browser
                and in node (the test has some thousands of each)
  deny          licences, versions, sources and advisories of all crates, by cargo-deny
  sizes         what every crate adds to the module, in bytes of code before it is optimised
  reproduce     build the module in two folders and compare the bytes; ten minutes
  posters       draw what every lab comes to, light and dark, into www/posters
  env           print the exports with which plain cargo and wasm-pack build and test for
                wasm32 as this script does: eval "$(./build.sh env)"

Needed beforehand: Rust (rustup), node, npm and python3. What else is missing is
installed when first needed, and named before it is: tools and a standard library
for wasm32 into the cache folder, npm packages into tests/browser/node_modules
(and into folders of benches), browsers by apt-get. Delete this folder to start afresh:
TEXT
  echo "  $CACHE"
}

source tools/common.sh
source tools/packages.sh
source tools/toolchain.sh
source tools/module.sh
source tools/dist.sh
source tools/browsers.sh
source tools/stages.sh
source tools/tests.sh
source tools/soak.sh
source tools/bench.sh
source tools/lighthouse.sh
source tools/shots.sh
source tools/books.sh
source tools/mnist.sh
source tools/fuzz.sh
source tools/supply.sh

serve() {   # serve [port]
  [[ "${1:-0}" =~ ^[0-9]+$ ]] || die "serve $1: the port must be a whole number"
  build
  node tools/compress.mjs "$TARGET_DIR/compressed"
  exec python3 tools/serve.py "$TARGET_DIR/compressed" "${1:-}"
}

run_posters() {
  build
  node tools/posters.mjs
}

run_env() {
  prepare_tests >&2
  wasm env | sed -nE "s/'/'\\\\''/g; s/^(PATH|SYSROOT|CARGO_TARGET_WASM32[A-Z0-9_]*)=(.*)/export \1='\2'/p"
}

case "${1:-}" in
  serve) [ $# -le 2 ] || { usage >&2; exit 2; }; serve "${2:-}" ;;
  test) case "${2:-}" in
    "") run_test ;;
    all) EVERY_LAB=1 run_test ;;
    engines) run_test_engines ;;
    *) usage >&2; exit 2 ;;
    esac ;;
  soak) run_soak "${@:2}" ;;
  build | check | posters | package | env | deny | sizes | reproduce) [ $# -eq 1 ] || { usage >&2; exit 2; }
    if [ "$1" = build ]; then build; else "run_$1"; fi ;;
  bench) run_bench "${@:2}" ;;
  lighthouse) run_lighthouse "${@:2}" ;;
  bundle) [ $# -le 2 ] || { usage >&2; exit 2; }; run_bundle "${@:2}" ;;
  site) run_site "${@:2}" ;;
  shots) run_shots "${@:2}" ;;
  books) run_books "${@:2}" ;;
  mnist) run_mnist "${@:2}" ;;
  fuzz) [ $# -le 3 ] || { usage >&2; exit 2; }; run_fuzz "${@:2}" ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
