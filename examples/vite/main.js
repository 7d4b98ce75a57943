import init, { Network } from "regularization-playground";

await init();
const network = new Network({
  input: 2, loss: "cross_entropy", seed: 3, batch_size: 0,
  layers: [{ kind: "dense", units: 8, activation: "tanh" }, { kind: "dense", units: 2 }],
  optimizer: { kind: "adam", learning_rate: 0.05 },
});
const x = new Float64Array([0, 0, 0, 1, 1, 0, 1, 1]);
network.load(x, new Float64Array([0, 1, 1, 0]));
network.step(500);
const ones = [...network.predict(x)].filter((_, place) => place % 2 === 1);
document.querySelector("output").textContent = ones.map((y) => y.toFixed(3)).join(" ");
