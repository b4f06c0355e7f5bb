"""Writes the models of the gate experiment: twenty layers of the same work, and twenty-two."""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROWS, WIDTH = 256, 64
FOLDER = pathlib.Path(__file__).parents[1] / "resources/org/modelvitals/benchmarks"


def write(name, layers):
    rotation, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((WIDTH, WIDTH)))
    weights = [
        numpy_helper.from_array(rotation.astype(np.float32), "weights"),
        numpy_helper.from_array(np.float32(np.sqrt(2)), "gain"),
    ]
    nodes, last = [], "x"
    for layer in range(layers):
        end = "y" if layer == layers - 1 else f"y{layer}"
        nodes += [
            helper.make_node("MatMul", [last, "weights"], [f"m{layer}"]),
            helper.make_node("Relu", [f"m{layer}"], [f"r{layer}"]),
            helper.make_node("Mul", [f"r{layer}", "gain"], [end]),
        ]
        last = end
    shape = [ROWS, WIDTH]
    graph = helper.make_graph(
        nodes,
        "gate",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    model.producer_name = "make_gate_models.py"
    onnx.checker.check_model(model)
    onnx.save(model, FOLDER / name)


write("layers-20.onnx", 20)
write("layers-22.onnx", 22)
