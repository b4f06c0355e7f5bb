#!/usr/bin/env python3
"""Writes data/digits-test.csv as arrays of NumPy: pixels (rows, 1, 8, 8) and digit (rows).

Needs: numpy (Debian: python3-numpy).
"""

import pathlib

import numpy as np

DATA = pathlib.Path(__file__).parent.parent / "data"

rows = np.loadtxt(DATA / "digits-test.csv", delimiter=",", skiprows=1, dtype=np.uint8)
np.savez_compressed(DATA / "digits-test.npz", pixels=rows[:, :64].reshape(-1, 1, 8, 8), digit=rows[:, 64])
