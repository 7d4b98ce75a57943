"""Compiles the workloads for onnxruntime-web's training build, which cannot build graphs itself.

usage: graphs.py workloads.json folder   (packages: requirements.txt)
"""
import json
import os
import sys
import types
from importlib.util import find_spec

import numpy as np
from onnx import TensorProto, helper, numpy_helper

# The package's own __init__ asks for PyTorch, for parts that are not used here: step around it.
stub = types.ModuleType("onnxruntime.training")
stub.__path__ = [os.path.join(os.path.dirname(find_spec("onnxruntime").origin), "training")]
sys.modules["onnxruntime.training"] = stub
from onnxruntime.training import artifacts  # noqa: E402


class Graph:
    """Nodes and their parameters, in the order they are added."""

    def __init__(self):
        self.nodes, self.constants, self.trained = [], [], []
        self.rng = np.random.default_rng(1)

    def add(self, kind, *inputs, also=(), **attributes):
        output = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output, *also], name=output, **attributes))
        return output

    def constant(self, name, values):
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def weights(self, name, shape, fan_in, layer):
        # He's before relu, else Glorot's, as firstWeights in workloads.mjs.
        relu = layer["activation"] == "relu"
        scale = np.sqrt(2 / (fan_in if relu else fan_in + layer["units"]))
        self.trained.append(name)
        return self.constant(name, (scale * self.rng.standard_normal(shape)).astype(np.float32))

    def biases(self, name, shape):
        self.trained.append(name)
        return self.constant(name, np.zeros(shape, np.float32))

    def dropout(self, h, keep):
        if keep == 1:
            return h
        name = f"drop{len(self.nodes)}"
        ratio = self.constant(name, np.float32(1 - keep))
        # The gradient needs the mask.
        on = self.constant(f"{name}_on", np.bool_(True))
        return self.add("Dropout", h, ratio, on, also=[f"{name}_mask"])


def dense(graph, h, i, layer, width, members):
    shape = ([members] if members else []) + [width, layer["units"]]
    w = graph.weights(f"w{i}", shape, width, layer)
    b = graph.biases(f"b{i}", ([members, 1] if members else []) + [layer["units"]])
    return graph.add("Add", graph.add("MatMul", h, w), b), layer["units"]


def convolution(graph, h, i, layer, shape):
    channels, height, width = shape
    filters, kernel = layer["filters"], layer["kernel"]
    w = graph.weights(f"w{i}", [filters, channels, kernel, kernel], channels * kernel**2, layer)
    b = graph.biases(f"b{i}", [filters])
    h = graph.add("Conv", h, w, b, kernel_shape=[kernel, kernel])
    return h, filters * (height - kernel + 1) * (width - kernel + 1)


def model(network):
    graph, members = Graph(), network.get("n_members", 0)
    shape = network["input"] if isinstance(network["input"], list) else [network["input"]]
    width = int(np.prod(shape))
    h = graph.dropout("x", network.get("keep_prob_input", 1))
    for i, layer in enumerate(network["layers"]):
        if layer["kind"] == "dense":
            if i and network["layers"][i - 1]["kind"] != "dense":
                h = graph.add("Flatten", h)
            h, width = dense(graph, h, i, layer, width, members)
        else:
            h, width = convolution(graph, h, i, layer, shape)
        if layer["activation"] != "linear":
            h = graph.add(layer["activation"].capitalize(), h)
        h = graph.dropout(h, layer.get("keep_prob", 1))
    graph.nodes[-1].output[0] = "y_hat"
    rows = [members or 1, "rows"] if members else ["rows"]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, rows + shape)
    y_hat = helper.make_tensor_value_info("y_hat", TensorProto.FLOAT, rows + [width])
    built = helper.make_graph(graph.nodes, "network", [x], [y_hat], graph.constants)
    opset = [helper.make_opsetid("", 14)]
    return helper.make_model(built, opset_imports=opset, ir_version=8), graph.trained


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        workloads = json.load(file)
    losses = artifacts.LossType
    for workload in workloads:
        if "network" not in workload:
            continue
        built, trained = model(workload["network"])
        classes = workload["network"]["loss"] == "cross_entropy"
        folder = os.path.join(sys.argv[2], workload["key"])
        os.makedirs(folder, exist_ok=True)
        # Its SGD is not in the web build: AdamW is what it can do.
        artifacts.generate_artifacts(
            built, requires_grad=trained, artifact_directory=folder,
            loss=losses.CrossEntropyLoss if classes else losses.MSELoss,
            optimizer=artifacts.OptimType.AdamW, additional_output_names=["y_hat"])


main()
