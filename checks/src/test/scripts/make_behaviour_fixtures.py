"""Writes src/test/resources/org/modelvitals/checks/behaviour/*.json: arrays, and what numpy computes
of them and of their difference. Needs numpy (1.24 was used). Run from the module's folder."""

import json
import pathlib

import numpy as np

OUT = pathlib.Path("src/test/resources/org/modelvitals/checks/behaviour")
RTOL, ATOL, PEAK, THRESHOLD = 1e-2, 1e-3, 2.0, 0.5


def cosine(a, b):
    return float(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b))


def main():
    random = np.random.default_rng(7)
    expected = random.normal(0.2, 1.0, (40, 6)).astype(np.float32)
    noise = random.normal(0, 0.3, expected.shape).astype(np.float32)
    actual = expected + noise * (random.random(expected.shape) < 0.5)
    a, e = actual.astype(np.float64), expected.astype(np.float64)
    difference = np.abs(a - e)
    mean_square = np.mean((a - e) ** 2)
    rows = [cosine(x, y) for x, y in zip(a, e)]
    values = {
        "mismatches": int(np.sum(~np.isclose(a, e, rtol=RTOL, atol=ATOL))),
        "max difference": difference.max(),
        "max relative difference": (difference / np.abs(e)).max(),
        "mean difference": difference.mean(),
        "rmse": np.sqrt(mean_square),
        "psnr": 10 * np.log10(PEAK**2 / mean_square),
        "cosine similarity": np.mean(rows),
        "min cosine similarity": np.min(rows),
        "arg max agreement": np.mean(a.argmax(1) == e.argmax(1)),
        "min": a.min(),
        "max": a.max(),
        "mean": a.mean(),
        "standard deviation": a.std(ddof=1),
        "median": np.median(a),
        "share at or above threshold": np.mean(a >= THRESHOLD),
        "finite share": 1.0,
        "sum deviation": np.abs(a.sum(1) - 1).max(),
        "elements": a.size,
    }
    fixture = {
        "actual": actual.tolist(),
        "expected": expected.tolist(),
        "values": {name: float(value) for name, value in values.items()},
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "arrays.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
