// Dense and convolution layers by plain loops.
import { firstWeights, generator } from "../../workloads.mjs";

const chance = generator(7);

/** A layer for inputs of a shape, with room for `size` rows. */
export function layer(config, shape, size) {
  const inner = config.kind === "dense" ? dense(config, shape) : convolution(config, shape);
  const width = inner.shape.reduce((product, size) => product * size);
  const h = new Float32Array(size * width);
  const above = new Float32Array(size * width);
  const below = new Float32Array(size * inner.inputs);
  const mask = config.keep_prob < 1 ? new Float32Array(size * width) : null;
  let input;
  return {
    shape: inner.shape,
    forward(x, rows, training) {
      input = x;
      inner.forward(x, rows, h);
      activate(config.activation, h, rows * width);
      if (mask && training) drop(h, mask, config.keep_prob);
      return h;
    },
    backward(gradient, rows, further) {
      throughActivation(config.activation, gradient, h, mask, above);
      inner.backward(input, above, rows, further ? below : null);
      return below;
    },
    update(rate) {
      descend(inner.w, inner.dw, rate);
      descend(inner.b, inner.db, rate);
    },
  };
}

function activate(activation, h, length) {
  if (activation === "relu") for (let i = 0; i < length; i++) h[i] = h[i] > 0 ? h[i] : 0;
  if (activation === "tanh") for (let i = 0; i < length; i++) h[i] = Math.tanh(h[i]);
}

function drop(h, mask, keep) {
  for (let i = 0; i < mask.length; i++) {
    mask[i] = Math.random() < keep ? 1 / keep : 0;
    h[i] *= mask[i];
  }
}

/** tanh never meets dropout here, so that its outputs give its derivative. */
function throughActivation(activation, gradient, h, mask, above) {
  for (let i = 0; i < h.length; i++) {
    let d = gradient[i];
    if (activation === "relu") d = h[i] > 0 ? d : 0;
    if (activation === "tanh") d *= 1 - h[i] * h[i];
    above[i] = mask ? d * mask[i] : d;
  }
}

function descend(w, dw, rate) {
  for (let i = 0; i < w.length; i++) w[i] -= rate * dw[i];
}

function parameters(count, fanIn, biases, config) {
  const sd = firstWeights(config, fanIn);
  return { w: Float32Array.from({ length: count }, () => sd * chance.normal()), dw: new Float32Array(count),
    b: new Float32Array(biases), db: new Float32Array(biases) };
}

function dense(config, shape) {
  const { units } = config;
  const inputs = shape.reduce((product, size) => product * size);
  const { w, dw, b, db } = parameters(inputs * units, inputs, units, config);
  const forward = (x, rows, z) => {
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < units; j++) {
        let sum = b[j];
        for (let i = 0; i < inputs; i++) sum += w[j * inputs + i] * x[row * inputs + i];
        z[row * units + j] = sum;
      }
    }
  };
  const backward = (x, dz, rows, dx) => {
    dw.fill(0); db.fill(0); dx?.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < units; j++) {
        const d = dz[row * units + j];
        if (d === 0) continue;
        db[j] += d;
        for (let i = 0; i < inputs; i++) dw[j * inputs + i] += d * x[row * inputs + i];
        if (dx) for (let i = 0; i < inputs; i++) dx[row * inputs + i] += d * w[j * inputs + i];
      }
    }
  };
  return { shape: [units], inputs, w, dw, b, db, forward, backward };
}

/** One channel in, no padding, stride 1; the first layer, so that nothing goes further back. */
function convolution(config, [channels, height, width]) {
  const { filters, kernel } = config;
  if (channels !== 1) throw new Error("one channel only");
  const taps = kernel * kernel;
  const [high, wide] = [height - kernel + 1, width - kernel + 1];
  const { w, dw, b, db } = parameters(filters * taps, taps, filters, config);
  /** Calls `at` with every filter, place of output and its first place of input. */
  const each = (rows, at) => {
    for (let row = 0, to = 0; row < rows; row++) {
      for (let f = 0; f < filters; f++) {
        for (let r = 0; r < high; r++) {
          for (let c = 0; c < wide; c++, to++) at(f, to, row * height * width + r * width + c);
        }
      }
    }
  };
  const forward = (x, rows, z) => each(rows, (f, to, from) => {
    let sum = b[f];
    for (let r = 0; r < kernel; r++) for (let c = 0; c < kernel; c++) sum += w[f * taps + r * kernel + c] * x[from + r * width + c];
    z[to] = sum;
  });
  const backward = (x, dz, rows) => {
    dw.fill(0); db.fill(0);
    each(rows, (f, to, from) => {
      const d = dz[to];
      db[f] += d;
      for (let r = 0; r < kernel; r++) for (let c = 0; c < kernel; c++) dw[f * taps + r * kernel + c] += d * x[from + r * width + c];
    });
  };
  return { shape: [filters, high, wide], inputs: height * width, w, dw, b, db, forward, backward };
}
