// For a page that has labs in frames: each frame is as high as it says its lab is.
//
//   <script src="https://…/resizer.js" defer></script>
//
// It obeys only frames of this page, and only these messages; it needs nothing else, not even the lab's origin.
(() => {
  const LEAST = 120;
  const MOST = 20000;

  /** The frame that speaks: a sandboxed one has no origin to know it by. @param {MessageEventSource | null} source */
  const frameOf = (source) => [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow !== null && contentWindow === source);

  addEventListener("message", ({ source, data }) => {
    if (data?.context !== "regularization-playground" || data.version !== 1 || data.action !== "resize") return;
    const frame = frameOf(source);
    if (!frame || !Number.isFinite(data.height)) return;
    const box = getComputedStyle(frame);
    // what a page's own style puts around a frame counts where its height does
    const edges = box.boxSizing === "border-box"
      ? [box.borderTopWidth, box.borderBottomWidth, box.paddingTop, box.paddingBottom].reduce((sum, width) => sum + parseFloat(width), 0) : 0;
    frame.style.height = `${Math.min(MOST, Math.max(LEAST, data.height)) + edges}px`;
  });
})();
