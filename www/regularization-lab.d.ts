/**
 * <regularization-lab lab="dropout" keep_prob="0.3">: one lab in any page. What its methods have promised is rejected
 * where the element leaves the page, or becomes another lab, before it is done.
 */
export class RegularizationLab extends HTMLElement {
  /** Goes on, or replays the run from its end. Settles once the lab has taken it. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** To the first step, paused. */
  reset(): Promise<void>;
  /** So many steps, one where it is not said, also beyond the planned end. */
  step(n?: number): Promise<void>;
  /**
   * Changes one setting, an option such as `hide`, or the `lab`; rejected where it is refused, and then nothing has
   * changed. Settles once a frame has shown it; where the element is out of sight (`display: none`, a closed `details`, scrolled
   * away), as soon as it is taken.
   */
  set(key: string, value: LabSetting): Promise<void>;
  /** What is measured, as it was shown last; empty before there is anything. NaN where a metric does not apply yet. */
  metrics(): Record<string, number>;
  /** Every setting in force. */
  params(): Record<string, LabSetting>;
  /** What a link to the run holds: every setting, the seed and the format's version. */
  query(): string;

  addEventListener<K extends keyof RegularizationLabEventMap>(type: K, listener: (this: RegularizationLab, event: RegularizationLabEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends Exclude<keyof HTMLElementEventMap, keyof RegularizationLabEventMap>>(type: K, listener: (this: RegularizationLab, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof RegularizationLabEventMap>(type: K, listener: (this: RegularizationLab, event: RegularizationLabEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

export type LabSetting = number | boolean | string;

/** None of them bubbles; a listener that captures hears them on the way down. */
export interface RegularizationLabEventMap {
  /** The lab is there to be seen and moved. */
  ready: CustomEvent<{ lab: string; params: Record<string, LabSetting>; metrics: Record<string, number>; query: string }>;
  /** Settings have changed, by a hand or by attributes. */
  change: CustomEvent<{ changed: string[]; params: Record<string, LabSetting>; query: string }>;
  /** Another step is shown: of many steps a few. */
  step: CustomEvent<{ steps: number; of: number; metrics: Record<string, number> }>;
  /** The run has come to its planned end. */
  done: CustomEvent<{ steps: number; params: Record<string, LabSetting>; metrics: Record<string, number>; query: string }>;
  /** The loss stopped being a finite number at this step. */
  diverged: CustomEvent<{ step: number; message: string; params: Record<string, LabSetting>; query: string }>;
  /** An attribute was refused, or the lab could not be opened: in one sentence, and each fault by itself. */
  error: CustomEvent<{ message: string; problems: string[] }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "regularization-lab": RegularizationLab;
  }
}
