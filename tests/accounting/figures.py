"""Writes tests/accounting/figures.json: how two libraries account for the noise of a release.

src/train/privacy/tests.rs compares Inseam's figures with them.

    pip install opendp==0.16.0 dp-accounting==0.6.0
    python tests/accounting/figures.py > tests/accounting/figures.json
    npm run fix
"""

import json

import opendp.prelude as dp
from dp_accounting import pld
from scipy.optimize import brentq

dp.enable_features("contrib", "honest-but-curious")
SPACE = dp.vector_domain(dp.atom_domain(T=int)), dp.l2_distance(T=float)


def curve(sd):
    """The privacy of discrete Gaussian noise with this sd, by OpenDP: delta as a function of epsilon.

    One customer changes the value by 1.
    """
    measurement = dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*SPACE, scale=sd))
    return measurement.map(1.0)


def least_sd(epsilon, delta):
    """The smallest sd of the continuous Gaussian mechanism (Balle and Wang 2018), by Google's library."""

    def over(sd):
        losses = pld.privacy_loss_mechanism.GaussianPrivacyLoss(sd)
        return losses.get_delta_for_epsilon(epsilon) - delta

    return brentq(over, 1e-2, 1e4, xtol=1e-12, rtol=1e-12)


def main():
    deltas = [
        {"rho": rho, "epsilon": epsilon, "delta": curve((0.5 / rho) ** 0.5).delta(epsilon)}
        for rho in [1e-4, 1e-3, 0.01, 0.1, 0.5, 2.0, 10.0]
        for epsilon in [0.1, 0.5, 1.0, 4.0, 8.0, 20.0]
    ]
    rhos = []
    for epsilon in [0.1, 0.5, 1.0, 4.0, 8.0, 20.0]:
        for delta in [1e-9, 1e-6, 1e-4]:
            sd = brentq(lambda sd: curve(sd).delta(epsilon) - delta, 1e-2, 1e4, xtol=1e-12, rtol=1e-12)
            row = {"epsilon": epsilon, "delta": delta, "rho": 0.5 / sd**2}
            rhos.append(row | {"least_sd": least_sd(epsilon, delta)})
    # Doubles cannot represent a delta much below 1e-280, and a delta of 1 guarantees nothing.
    kept = [row for row in deltas if 1e-280 < row["delta"] < 0.999]
    print("{")
    for name, rows, end in [("delta", kept, ","), ("rho", rhos, "")]:
        print(f'  "{name}": [')
        print(",\n".join("    " + json.dumps(row) for row in rows))
        print(f"  ]{end}")
    print("}")


main()
