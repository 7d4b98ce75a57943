# shellcheck shell=bash
# What every part of build.sh uses.

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
