# shellcheck shell=bash
# A standard library for wasm32 that unwinds.
# The one rustup ships aborts: after a panic every object is dead and the stack leaks. So it is
# built once from source, as a toolchain folder of its own; the default toolchain stays as it is.

default_rustc() { rustup which rustc 2>/dev/null || command -v rustc; }
compiler_key() { "$1" -vV | sed -n 's/^release: //p; s/^commit-hash: \(.\{9\}\).*/\1/p' | sort | paste -sd- - ; }
# Sorting and printing of numbers, which stand in the module many times over, in their small form.
readonly STD_FEATURES=optimize_for_size
std_key() { echo "$(compiler_key "$1")-$STD_FEATURES"; }

WASM_TOOLCHAIN=   # its folder; empty: the default toolchain, whose panics abort

# Tests have no line tables: a fourth of the bytes, all of which the runner rewrites before each test. A panic still
# says where it was.
wasm() (   # wasm command...: runs it with the compiler, library and flags for wasm32
  export CARGO_PROFILE_DEV_DEBUG=false
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
  # shellcheck disable=SC2012   # these names hold nothing odd
  if [ -x "$1" ]; then echo "$1"; else ls -d /usr/lib/llvm-*/bin/lld /usr/bin/lld 2>/dev/null | sort -V | tail -1; fi
}
