# shellcheck shell=bash
# The browsers of the tests, and what steers them.

readonly WASM_PACK=0.15.1 GECKODRIVER=0.37.1

find_chrome() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    have "$name" && { command -v "$name"; return; }
  done
  return 1
}

chrome_for() {   # chrome_for "why": sets CHROME
  CHROME="$(find_chrome)" || { apt_install "$1" chromium && CHROME="$(find_chrome)"; } || die "no Chromium: $1 is needed"
  export CHROME
}

prepare_tests() {
  prepare_build
  npm_packages examples/vite "Vite, with which an example is built (35 MB)"
  # What cannot be had fails the tests that need it, and no others.
  cargo_tool wasm-pack "$WASM_PACK" wasm-pack "runs Rust tests in browsers" || true
  cargo_tool geckodriver "$GECKODRIVER" geckodriver "steers Firefox" || true
  # Chromium and its driver must be of one version, so they come together.
  { find_chrome && have chromedriver; } >/dev/null ||
    apt_install "a browser for the tests, and what steers it" chromium chromium-driver || say "no Chromium with its driver"
  have firefox || have firefox-esr ||
    apt_install "a second browser for the tests" firefox-esr || say "no Firefox"
  { have WebKitWebDriver && have Xvfb; } ||
    apt_install "a third browser for the tests, and a screen for it" webkit2gtk-driver xvfb || say "no WebKitGTK"
  CHROME="$(find_chrome || true)"; export CHROME MOZ_HEADLESS=1
}
