"""Values of scipy and numpy for TwoSamplesTest, DivergenceTest and MeanDiscrepancyTest.

Run with Python 3, numpy 1.24 and scipy 1.10: python3 make_statistics_fixtures.py
"""
import json
import pathlib

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

OUT = pathlib.Path(__file__).resolve().parents[1] / "resources/org/modelvitals/statistics/two-samples.json"
random = np.random.default_rng(20261125)


def short(values):
    return [float("%.6g" % v) for v in values]


def numbers():
    """Samples of several sizes, with and without ties."""
    for name, one, other in [
        ("small", random.normal(size=9), random.normal(0.8, size=7)),
        ("ties", random.integers(0, 6, 40), random.integers(1, 7, 30)),
        ("equal", random.normal(size=120), random.normal(size=150)),
        ("shifted", random.normal(size=300), random.normal(0.2, 1.1, size=400)),
    ]:
        one, other = short(one), short(other)
        found = stats.ks_2samp(one, other, method="exact")
        yield {"name": name, "one": one, "other": other, "statistic": found.statistic, "p": found.pvalue}


def categories():
    for name, one, other in [
        ("even", [40, 60, 50], [35, 75, 40]),
        ("many", [120, 80, 33, 17, 250], [90, 110, 40, 10, 190]),
        ("empty", [30, 20, 0, 50], [10, 30, 25, 60]),
    ]:
        table = np.array([one, other])
        chi = stats.chi2_contingency(table, correction=False)
        more = 0.5 if (table == 0).any() else 0.0
        e, a = ((row + more) / (row + more).sum() for row in table)
        yield {
            "name": name, "one": one, "other": other,
            "chiSquare": chi[0], "p": chi[1],
            "psi": float(((a - e) * np.log(a / e)).sum()),
            "jensenShannon": float(jensenshannon(table[0], table[1], base=2)),
        }


def vectors():
    one = np.array([short(row) for row in random.normal(size=(12, 3))])
    other = np.array([short(row) for row in random.normal(0.7, size=(9, 3))])
    both = np.concatenate([one, other])
    distance = np.sqrt(((both[:, None] - both[None]) ** 2).sum(-1))
    width = np.median(distance[np.triu_indices(len(both), 1)])
    kernel = lambda x, y: np.exp(-((x[:, None] - y[None]) ** 2).sum(-1) / (2 * width**2))
    within = lambda x: (kernel(x, x).sum() - len(x)) / (len(x) * (len(x) - 1))
    squared = within(one) + within(other) - 2 * kernel(one, other).mean()
    return {"one": one.tolist(), "other": other.tolist(), "squared": float(squared)}


fixture = {"numbers": list(numbers()), "categories": list(categories()), "vectors": vectors()}
OUT.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
