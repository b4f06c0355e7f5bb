#!/usr/bin/env python3
"""Tensors, sequences and optionals as ONNX's own Python package writes them, and their values as
numpy reads them back. Needs: onnx, numpy (Debian: python3-onnx, python3-numpy).

Usage: make_tensor_fixtures.py [folder]
"""

import json
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(
    sys.argv[1]
    if len(sys.argv) > 1
    else pathlib.Path(__file__).parent.parent / "resources/org/modelvitals/model/tensors"
)

TYPES = {
    "float32": (TensorProto.FLOAT, np.float32, [[1.5, -2.25, 0.1], [3e38, -0.0, 1e-40]]),
    "float64": (TensorProto.DOUBLE, np.float64, [[0.1, -1e300, 5e-324]]),
    "float16": (TensorProto.FLOAT16, np.float16, [1.0, -0.333251953125, 65504.0, 6e-8]),
    "int8": (TensorProto.INT8, np.int8, [-128, 127, 0]),
    "int16": (TensorProto.INT16, np.int16, [-32768, 32767]),
    "int32": (TensorProto.INT32, np.int32, [[-2147483648], [2147483647]]),
    "int64": (TensorProto.INT64, np.int64, [-9223372036854775808, 9223372036854775807]),
    "uint8": (TensorProto.UINT8, np.uint8, [0, 255]),
    "uint16": (TensorProto.UINT16, np.uint16, [0, 65535]),
    "uint32": (TensorProto.UINT32, np.uint32, [0, 4294967295]),
    "bool": (TensorProto.BOOL, np.bool_, [True, False, True]),
}


def write(name, proto, expected):
    (FOLDER / f"{name}.pb").write_bytes(proto.SerializeToString())
    EXPECTED[name] = expected


EXPECTED = {}
FOLDER.mkdir(parents=True, exist_ok=True)
for name, (code, dtype, values) in TYPES.items():
    array = np.array(values, dtype=dtype)
    flat = [float(v) if array.dtype.kind == "f" else int(v) for v in array.flatten()]
    expected = {"type": name, "shape": list(array.shape), "values": flat}
    write(f"{name}-raw", numpy_helper.from_array(array, name), expected)
    fields = helper.make_tensor(name, code, array.shape, array.flatten())
    assert np.array_equal(numpy_helper.to_array(fields), array), name
    write(f"{name}-fields", fields, expected)

scalar = np.array(3.5, dtype=np.float32)
write("scalar", numpy_helper.from_array(scalar), {"type": "float32", "shape": [], "values": [3.5]})
empty = np.zeros((2, 0, 3), dtype=np.float32)
write("empty", numpy_helper.from_array(empty), {"type": "float32", "shape": [2, 0, 3], "values": []})
texts = helper.make_tensor("texts", TensorProto.STRING, [2], ["süß".encode(), b""])
write("string-fields", texts, {"type": "string", "shape": [2], "values": ["süß", ""]})

arrays = [np.array([1, 2], dtype=np.int64), np.array([[3.0]], dtype=np.float32)]
parts = [
    {"type": "int64", "shape": [2], "values": [1, 2]},
    {"type": "float32", "shape": [1, 1], "values": [3.0]},
]
write("sequence", numpy_helper.from_list(arrays, "sequence"), {"sequence": parts})
unnamed = numpy_helper.from_list(arrays)
write("sequence-unnamed", unnamed, {"sequence": parts})
write("sequence-empty", numpy_helper.from_list([], "none", onnx.SequenceProto.TENSOR), {"sequence": []})
write("optional", numpy_helper.from_optional(arrays[0], "some"), {"optional": parts[0]})
write(
    "optional-empty",
    numpy_helper.from_optional(None, "none", onnx.OptionalProto.TENSOR),
    {"optional": None},
)
(FOLDER / "expected.json").write_text(json.dumps(EXPECTED, indent=1, ensure_ascii=False) + "\n")
print(f"{len(EXPECTED)} files, onnx {onnx.__version__}, numpy {np.__version__}")
