# shellcheck shell=bash
# The WebAssembly package www/pkg.

# What the module may use, by name: --all-features would emit forms no browser accepts.
readonly WASM_OPT_FLAGS=(-O3 --enable-simd --enable-bulk-memory --enable-bulk-memory-opt
  --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue --enable-call-indirect-overlong
  --enable-exception-handling
  # The lowest kilobyte is the far end of the stack: a sum of addresses may become an offset.
  --low-memory-unused
  # Functions of like names are alike: side by side they compress better.
  --reorder-functions-by-name)

# Bytes of the module, gzipped: more of them fail the build. To read a reader's own files and to learn from
# them moved it from 811,000 to 850,000, the parser of CSV itself by 3.8 KB of code before it is optimised;
# experiments (plans, means, paired differences, files, presets) to 917,000; what looks whether numbers and
# sizes fit, and answers in 64 bits where 32 do not hold a sum, to 925,000; thousands and encodings in files,
# and captions of pictures, to 937,000; checks of what was read and of sums of squares, and an experiment across the
# networks drawn and one across a rare column (1,100 of it), to 940,400; how active
# neurons are and what they look for, in the lab on dropout, to 945,000; narrow layers
# and registers of normal numbers that are written out to 947,000, own images in
# all labs on digits to 950,500.
readonly MODULE_CEILING=950500

locked_version() { awk -v crate="name = \"$1\"" '$0 == crate { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock; }
wasm_opt() { "$NPM_DIR/node_modules/.bin/wasm-opt" "$@"; }

prepare_build() {
  require_basics
  [ -f Cargo.lock ] || cargo generate-lockfile
  cargo_tool wasm-bindgen-cli "$(locked_version wasm-bindgen)" wasm-bindgen "writes the JavaScript side of the module"
  npm_packages "$NPM_DIR" "binaryen (optimises the module), playwright-core, selenium-webdriver and axe-core (drive and judge the browser tests), typescript (checks the types of www)"
  find_wasm_toolchain
}

build() {
  build_package
  node tools/pages.mjs >&2
}

build_package() {
  prepare_build
  say "compiling to WebAssembly"
  # --locked: a CI run builds from the committed lock or not at all.
  wasm cargo build ${CI:+--locked} --release --lib --target "$TARGET"
  local module="$TARGET_DIR/$TARGET/release/$CRATE.wasm" stamp gzipped
  stamp="$(cat "$module" tools/{common,module,toolchain}.sh tools/{guard.js,run_in_node.mjs} Cargo.toml Cargo.lock "$NPM_DIR/package-lock.json" | digest)"
  if [ "$(cat www/pkg/.stamp 2>/dev/null)" = "$stamp $(package_digest www/pkg)" ]; then
    say "www/pkg is up to date"; return
  fi
  local folder="$TARGET_DIR/pkg.$$"
  package "$module" "$folder"
  # A module can pass validation and still trap: it is run before it is put in place.
  node tools/run_in_node.mjs "$folder/$CRATE" >&2
  gzipped="$(gzip -9c "$folder/${CRATE}_bg.wasm" | wc -c)"
  [ "$gzipped" -le "$MODULE_CEILING" ] || die "the module has $gzipped bytes gzipped, above its ceiling of $MODULE_CEILING (tools/module.sh)"
  echo "$stamp $(package_digest "$folder")" >"$folder/.stamp"
  rm -rf www/pkg; mv "$folder" www/pkg
  say "www/pkg: $(wc -c <"www/pkg/${CRATE}_bg.wasm") bytes, $gzipped gzipped"
}

package_digest() { cat "$1/${CRATE}_bg.wasm" "$1/$CRATE.js" 2>/dev/null | digest; }

package() {   # package module folder
  local raw="$2/raw.wasm" optimised="$2/${CRATE}_bg.wasm"
  rm -rf "$2"
  wasm-bindgen --target web --out-dir "$2" "$1"
  cat tools/guard.js >>"$2/$CRATE.js"
  # `Symbol.dispose` is in the types: whoever checks with the usual `lib` is told where it comes from.
  printf '/// <reference lib="esnext.disposable" />\n%s\n' "$(cat "$2/$CRATE.d.ts")" >"$2/$CRATE.d.ts"
  say "optimising with binaryen's wasm-opt"
  mv "$optimised" "$raw"; wasm_opt "${WASM_OPT_FLAGS[@]}" "$raw" -o "$optimised"; rm "$raw"
  # Tells node, and any bundler, that this is an ES module.
  printf '{\n  "name": "%s",\n  "version": "%s",\n  "type": "module",\n  "main": "%s.js",\n  "types": "%s.d.ts"\n}\n' \
    "$CRATE" "$(locked_version "$CRATE")" "$CRATE" "$CRATE" >"$2/package.json"
}
