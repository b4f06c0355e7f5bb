#!/usr/bin/env python3
"""Arrays written by NumPy, and their values.

Needs: numpy (Debian: python3-numpy).
Usage: make_numpy_fixtures.py [folder]
"""

import json
import pathlib
import sys

import numpy as np

FOLDER = pathlib.Path(
    sys.argv[1]
    if len(sys.argv) > 1
    else pathlib.Path(__file__).parent.parent / "resources/org/modelvitals/data/files"
)
expected = {}


def save(name, array, **options):
    with open(FOLDER / name, "wb") as file:
        np.lib.format.write_array(file, array, **options)
    expected[name] = array.tolist()


def zipped(name, save_as, **arrays):
    save_as(FOLDER / name, **arrays)
    expected[name] = {key: value.tolist() for key, value in arrays.items()}


numbers = np.arange(24).reshape(4, 3, 2)
for order in "<>":
    end = "little" if order == "<" else "big"
    for kind in ["i1", "i2", "i4", "i8"]:
        save(f"{kind}-{end}.npy", (numbers - 7).astype(order + kind))
    for kind in ["u1", "u2", "u4"]:
        save(f"{kind}-{end}.npy", (numbers * 10).astype(order + kind))
    save(f"u8-{end}.npy", np.array([[1, 2**63], [2**64 - 1, 7]], order + "u8"))
    for kind in ["f2", "f4", "f8"]:
        save(f"{kind}-{end}.npy", (numbers / 8 - 1).astype(order + kind))
    save(f"text-{end}.npy", np.array(["", "ü", "日本", "a😀b"], order + "U4"))
save("bool.npy", numbers % 3 == 0)
save("bytes.npy", np.array([[b"a", "ü".encode()], [b"abc", b""]]))
save("special.npy", np.array([[2**-24, 65504, -0.0]], "f2"))
save("fortran.npy", np.asfortranarray(numbers.astype("<f4")))
save("fortran2.npy", np.asfortranarray(np.arange(35).reshape(7, 5).astype(">i2")))
save("version2.npy", numbers, version=(2, 0))
save("version3.npy", np.array([(1,), (2,)], [("größe", "<i4")]), version=(3, 0))
records = np.zeros(3, np.dtype([("label", "U3"), ("pixels", "<f4", (2, 2)), ("weight", ">i2")], align=True))
records["label"] = ["a", "bb", "ccc"]
records["pixels"] = np.arange(12).reshape(3, 2, 2)
records["weight"] = [5, -6, 7]
save("records.npy", records)
save("labels.npy", np.array([3, 1, 2, 0]))
save("empty.npy", np.zeros((0, 3)))
save("single.npy", np.array(3.5))
np.save(FOLDER / "complex.npy", np.zeros(2, complex))
np.save(FOLDER / "objects.npy", np.array([{}, []], object))
columns = dict(x=numbers.astype("f4"), label=np.array(["p", "q", "p", "q"]), fort=np.asfortranarray(np.arange(8.0).reshape(4, 2)))
zipped("stored.npz", np.savez, **columns)
zipped("deflated.npz", np.savez_compressed, **columns)
zipped("unequal.npz", np.savez, x_train=np.zeros((5, 2)), x_test=np.ones((3, 2)), y_test=np.arange(3))


def plain(value):
    return value.decode() if isinstance(value, bytes) else value.tolist()


(FOLDER / "numpy.json").write_text(json.dumps(expected, ensure_ascii=False, default=plain))
