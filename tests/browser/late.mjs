// Pages that hear and draw late, for tests that have to wait for what they read.

/** `LATE=200` has a page hear of what is in sight, from its workers, and of its turn to draw, so many milliseconds later than it could, so that a test that does not wait for what it reads fails. */
const LATE = Number(process.env.LATE ?? 0);

/** Runs in the page before anything of its own. @param {number} late */
function hearLate(late) {
  const later = (call) => (...told) => setTimeout(() => call(...told), late);
  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = (draw) => requestAnimationFrame(later(draw));
  window.IntersectionObserver = class extends IntersectionObserver {
    constructor(see, options) {
      super(later(see), options);
    }
  };
  window.Worker = class extends Worker {
    set onmessage(hear) {
      this.hear = hear;
      super.onmessage = later((event) => this.hear?.(event));
    }
  };
}

/** A script for the page; "" where nothing is to be late. */
export const LATE_SCRIPT = LATE > 0 ? `(${hearLate})(${LATE});` : "";
