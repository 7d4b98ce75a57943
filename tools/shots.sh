# shellcheck shell=bash
# The command shots: how every lab looks.

run_shots() {   # run_shots [lab...]
  build
  chrome_for "a browser to take pictures in"
  node tools/shots.mjs "$TARGET_DIR/shots" "$@"
}
