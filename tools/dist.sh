# shellcheck shell=bash
# What goes into other people's hands, written into dist/: the npm folder, single files, the site.

run_package() {
  build
  node tools/package.mjs
}

run_bundle() {   # run_bundle [lab]
  build
  node tools/bundle.mjs "$@"
}

run_site() {   # run_site --base URL
  build
  chrome_for "a browser to draw the preview cards with"
  node tools/site.mjs "$@"
}
