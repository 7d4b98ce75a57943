# shellcheck shell=bash
# Random actions on the page for as long as is asked, in one browser or in all three, one after the other.

run_soak() {   # run_soak [minutes] [engine] [seed]
  local minutes="${1:-2}" engine=""
  [[ "$minutes" =~ ^[0-9]+([.][0-9]+)?$ ]] || die "soak $minutes: how many minutes must be a number"
  case "${2:-}" in
    "") ;;
    [Cc]hromium) engine=Chromium ;;
    [Ff]irefox) engine=Firefox ;;
    [Ww]eb[Kk]it*) engine=WebKitGTK ;;
    *) die "soak $2: the engine must be chromium, firefox or webkitgtk" ;;
  esac
  [[ "${3:-0}" =~ ^[0-9]+$ ]] || die "soak $3: the seed must be a whole number"
  prepare_tests
  build
  local seed="${3:-$RANDOM}"
  say "$minutes minutes of random actions, seed $seed"
  env SOAK_SECONDS="$(awk -v minutes="$minutes" 'BEGIN { print 60 * minutes }')" SOAK_ENGINE="$engine" SOAK_SEED="$seed" \
    node --test --test-reporter=spec "$NPM_DIR/soak.test.mjs"
}
