"""Writes the yardstick, the workload that every machine can time a model against.

Twelve layers of the same weights: 256 rows of 64 numbers, multiplied by a matrix of 64 x 64, less
than zero cut off, scaled by a constant. It is 25 million floating-point operations in a kernel that
every network spends its time in, small enough to stay in the caches, and costs 16 KiB of weights.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, ROWS, WIDTH = 12, 256, 64
TARGET = (
    pathlib.Path(__file__).parents[2] / "main/resources/org/modelvitals/checks/budget/yardstick.onnx"
)


def main():
    rotation, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((WIDTH, WIDTH)))
    weights = [
        numpy_helper.from_array(rotation.astype(np.float32), "weights"),
        numpy_helper.from_array(np.float32(np.sqrt(2)), "gain"),
    ]
    nodes, last = [], "x"
    for layer in range(LAYERS):
        nodes += [
            helper.make_node("MatMul", [last, "weights"], [f"m{layer}"]),
            helper.make_node("Relu", [f"m{layer}"], [f"r{layer}"]),
            helper.make_node("Mul", [f"r{layer}", "gain"], [f"y{layer}"]),
        ]
        last = f"y{layer}"
    nodes.append(helper.make_node("Softmax", [last], ["y"], axis=1))
    shape = [ROWS, WIDTH]
    graph = helper.make_graph(
        nodes,
        "yardstick",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    model.producer_name = "make_yardstick.py"
    onnx.checker.check_model(model)
    onnx.save(model, TARGET)


main()
