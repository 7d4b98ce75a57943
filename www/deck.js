// For a deck of slides with labs in frames: keys that a lab has no use for turn the slides, as though they had been
// pressed beside it. One line in the deck is enough:
//
//   <script src="https://…/deck.js"></script>
(() => {
  /** Decks go by the number of a key. @type {Record<string, number>} */
  const NUMBERS = { Enter: 13, Escape: 27, " ": 32, PageUp: 33, PageDown: 34, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40 };

  addEventListener("message", ({ source, data }) => {
    if (data?.context !== "regularization-playground" || data.version !== 1 || data.action !== "key") return;
    const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow !== null && contentWindow === source);
    if (!frame) return;
    const { key, shift } = data;
    frame.blur(); // the next key is the deck's at once
    const options = { key, shiftKey: shift === true, keyCode: NUMBERS[key] ?? 0, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent("keydown", options));
  });
})();
