# shellcheck shell=bash
# Packages of the system, of crates.io and of npm.

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

# Tools that run for seconds: compiled in a third of the time, they take a second longer to run.
install_crate() {
  env CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
    CARGO_PROFILE_RELEASE_DEBUG=0 cargo install "$@"
}
# What stops a first try is no error yet, and is not called one.
first_try() { install_crate "$@" 2>&1 | awk '{ sub(/^error:/, "cargo:"); print; fflush() }' >&2; }

cargo_tool() {   # cargo_tool crate version program "why": puts the program on PATH
  local root="$CACHE/tools/$1-$2"
  [[ "$("$3" --version 2>/dev/null)" == "$3 $2"* ]] && return
  if [ ! -x "$root/bin/$3" ]; then
    say "installing $1 $2 from crates.io into $root ($4)"
    first_try --locked "$1" --version "$2" --root "$root" || {
      say "a version its authors tested $1 with cannot be had here: installing it with the newest that fit"
      install_crate "$1" --version "$2" --root "$root" >&2
    }
  fi
  export PATH="$root/bin:$PATH"
}

npm_packages() {   # npm_packages folder "what they are"
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "installing from npm into $1/node_modules: $2"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund >&2
  touch "$1/node_modules/.package-lock.json"
}
