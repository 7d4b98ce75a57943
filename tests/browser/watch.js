// Keeps what goes amiss on the page it stands in, where the driver of the browser does not tell.
// A worker's console and requests of another kind than for scripts, styles and images stay unseen.
(() => {
  const amiss = (window.amiss = []);
  const note = (kind, text) => amiss.push(`${kind}: ${text}`);
  addEventListener("error", ({ target, error, message }) => {
    if (target === window) note("uncaught", `${message} ${error?.stack}`);
    else note("failed request", target.src ?? target.href);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => note("uncaught", `${reason} ${reason?.stack}`));
  const living = (window.livingWorkers = new Set());
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      living.add(this);
    }

    terminate() {
      living.delete(this);
      super.terminate();
    }
  };
  document.addEventListener("securitypolicyviolation",
    (event) => note("security policy", `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
  const { error } = console;
  console.error = (...words) => {
    note("console", words.join(" "));
    error.apply(console, words);
  };
})();
