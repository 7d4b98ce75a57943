// jax-js on its wasm backend: a jitted step, members of an ensemble stacked. Its arrays count
// references: passing one spends it, `.ref` keeps it.
import { batches, firstWeights, inputs, oneHot, outputs } from "../workloads.mjs";
import { versionOf } from "./script.mjs";

let jax, np;

/** It is lazy, and a long list of pending steps slows it down: it is waited for this often. */
const STEPS_A_WAIT = 16;

export async function start() {
  jax = await import("../node_modules/@jax-js/jax/dist/index.js");
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  np = jax.numpy;
  return { version: await versionOf("@jax-js/jax") };
}

export function build(workload, data) {
  return workload.network ? train(workload, data) : ridge(workload, data);
}

function train(workload, data) {
  const { network } = workload;
  const cut = batches(workload, data).map(({ x, y, size }) => ({ x: rowsOf(network, x, size), y: targetOf(network, y) }));
  let parameters = initial(network);
  let key = jax.random.key(5);
  let at = 0;
  const update = jax.jit((parameters, key, x, y) => {
    const rate = network.optimizer.learning_rate;
    const gradient = jax.grad((parameters) => lossOf(network, forward(network, parameters, x, key), y))(jax.tree.ref(parameters));
    return jax.tree.map((p, g) => p.sub(g.mul(rate)), parameters, gradient);
  });
  const step = async (n) => {
    for (let i = 1; i <= n; i++, at = (at + 1) % cut.length) {
      let mine;
      [key, mine] = nextKey(network, key);
      parameters = update(parameters, mine, cut[at].x.ref, cut[at].y.ref);
      if (i % STEPS_A_WAIT === 0 || i === n) await jax.blockUntilReady(parameters);
    }
  };
  const predict = async () => {
    const z = forward(network, jax.tree.ref(parameters), rowsOf(network, data.x, data.rows), null);
    if (network.loss === "cross_entropy") return jax.nn.softmax(z).data();
    return (network.n_members ? np.mean(z, 0) : z).data();
  };
  return { step, predict };
}

const isRandom = ({ keep_prob_input: keep = 1, alpha = 0 }) => keep < 1 || alpha > 0;

/** A fresh key a step where there is chance in a step; any key where there is none. */
function nextKey(network, key) {
  if (!isRandom(network)) return [key, key.ref];
  const [first, second] = np.split(jax.random.split(key), 2);
  return [first.reshape([-1]), second.reshape([-1])];
}

function rowsOf(network, x, rows) {
  const flat = np.array(Float32Array.from(x));
  if (network.n_members) return np.tile(flat.reshape([1, rows, network.input]), [network.n_members, 1, 1]);
  return flat.reshape(network.input.length ? [rows, ...network.input] : [rows, network.input]);
}

function targetOf({ loss, layers }, y) {
  if (loss !== "cross_entropy") return np.array(Float32Array.from(y)).reshape([y.length, 1]);
  const { units } = layers.at(-1);
  return np.array(oneHot(y, units)).reshape([y.length, units]);
}

function initial(network) {
  let width = inputs(network);
  return network.layers.map((layer, i) => {
    const { kind, units, filters, kernel } = layer;
    const members = network.n_members ? [network.n_members] : [];
    const shape = kind === "dense" ? [...members, width, units] : [filters, network.input[0], kernel, kernel];
    const fanIn = kind === "dense" ? width : network.input[0] * kernel * kernel;
    width = units ?? filters * (network.input[1] - kernel + 1) * (network.input[2] - kernel + 1);
    const w = jax.random.normal(jax.random.key(i), shape).mul(firstWeights(layer, fanIn));
    return { w, b: np.zeros(kind === "dense" ? [...members, ...members.map(() => 1), units] : [filters, 1, 1]) };
  });
}

function forward(network, parameters, x, key) {
  const masks = key && isRandom(network) ? network.layers.length : 0;
  const keys = masks ? split(key, masks) : [];
  if (!masks) key?.dispose();
  let h = key ? disturb(network, x, keys[0]) : x;
  network.layers.forEach(({ kind, activation, keep_prob = 1 }, i) => {
    const { w, b } = parameters[i];
    if (kind === "dense" && h.shape.length === 4) h = h.reshape([h.shape[0], -1]);
    h = (kind === "dense" ? np.matmul(h, w) : jax.lax.conv(h, w, [1, 1], "VALID")).add(b);
    if (activation === "relu") h = jax.nn.relu(h);
    if (activation === "tanh") h = np.tanh(h);
    if (key && keep_prob < 1) h = drop(h, keep_prob, keys[i + 1]);
  });
  return h;
}

function split(key, count) {
  return np.split(jax.random.split(key, count), count).map((key) => key.reshape([-1]));
}

function disturb({ keep_prob_input: keep = 1, alpha = 0 }, x, key) {
  if (alpha > 0) return x.add(jax.random.normal(key, x.shape).mul(Math.sqrt(alpha)));
  return keep < 1 ? drop(x, keep, key) : x;
}

function drop(h, keep, key) {
  const { shape } = h;
  return np.where(jax.random.bernoulli(key, keep, shape), h.mul(1 / keep), np.zeros(shape));
}

function lossOf({ loss, n_members = 1 }, z, y) {
  if (loss === "cross_entropy") return jax.nn.logSoftmax(z).mul(y).sum().mul(-1 / z.shape[0]);
  // The sum over the members: each is trained on its own mean.
  return np.square(z.sub(y)).mean().mul(n_members);
}

function ridge({ columns, alpha }, { x, y, rows }) {
  const a = np.array(Float32Array.from(x)).reshape([rows, columns]);
  const target = np.array(Float32Array.from(y)).reshape([rows, 1]);
  const penalty = np.eye(columns).mul(alpha);
  let weights;
  const step = async (n) => {
    for (; n > 0; n--) {
      weights?.dispose();
      const gram = np.matmul(np.transpose(a.ref), a.ref).mul(1 / rows).add(penalty.ref);
      const moments = np.matmul(np.transpose(a.ref), target.ref).mul(1 / rows);
      weights = np.linalg.solve(gram, moments);
      await jax.blockUntilReady(weights);
    }
  };
  return { step, predict: () => np.matmul(a.ref, weights.ref).data() };
}
