# shellcheck shell=bash
# The command books: books and decks with a lab in them, built by the tools their authors use.

run_books() {   # run_books [name...]
  build
  chrome_for "a browser to read the books in"
  local names="${*:-mkdocs reveal jupyter}"
  BOOKS="${names// /,}" node --test --test-reporter=spec tests/node/books.test.mjs
}
