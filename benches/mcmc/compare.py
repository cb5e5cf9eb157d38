"""Compares Inseam's posteriors for a small shop with those of a No-U-Turn sampler.

Both use the same history and the same parameters. Reads what `shop.rs` prints. Prints a table: how
far Inseam's means lie from the sampler's, in the sampler's sds, and the ratio of the sds.
"""

import argparse
import json
import sys

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import log_ndtr
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
from numpyro.infer import MCMC, NUTS

OUTCOMES = ["too_small", "kept", "too_large", "other_reason"]
# Degrees of freedom of the choice's noise (src/infer/choice_model/probabilities.rs).
FREEDOM = 7.0
HEADS = ["belief", "how many", "mean off, sds (rms)", "worst", "ratio of sds", "5 to 95 % of them", "worst r-hat", "least ESS"]


def columns(shop):
    """The shop as arrays: the parameters of fit groups, the articles, the purchases.

    Articles with fewer sizes than the longest run are padded.
    """
    group = {key: np.array([g[key] for g in shop["groups"]]) for key in shop["groups"][0]}
    longest = max(len(a["sizes"]) for a in shop["articles"])

    def padded(key, missing):
        rows = [[s[key] for s in a["sizes"]] for a in shop["articles"]]
        return np.array([row + [missing] * (longest - len(row)) for row in rows])

    article = {
        "group": np.array([a["group"] for a in shop["articles"]]),
        "brand": np.array([a["brand"] for a in shop["articles"]]),
        "position": padded("position", 0.0),
        # Nobody takes a size of the padding.
        "appeal": padded("appeal", -1e9),
    }
    bought = {key: np.array([p[key] for p in shop["purchases"]]) for key in ("customer", "article", "size")}
    bought["outcome"] = np.array([OUTCOMES.index(p["outcome"]) for p in shop["purchases"]])
    g = article["group"][bought["article"]]
    x = article["position"][bought["article"], bought["size"]]
    basis = np.stack([np.ones_like(x), x, x**2], axis=1)
    bought.update(group=g, x=x, fixed=np.einsum("nkb,nb->nk", group["terms"][g], basis))
    return group, article, bought


def latents(shop, group, article):
    """Samples all latents by their priors (model/README.md, section 1).

    Each latent is its mean plus its sd times a standard normal variable, which NUTS samples best.
    """

    def normal(name, *shape):
        return numpyro.sample(f"{name}_", dist.Normal(0.0, 1.0).expand(shape).to_event(len(shape)))

    brand_group = np.array([b["group"] for b in shop["brands"]])
    n, of = len(shop["customers"]), article["group"]
    offset_sd, spread_sd = np.sqrt(group["offset_variance"]), np.sqrt(group["spread_variance"])
    factor = np.linalg.cholesky(group["covariance"])
    size = group["mean"] + normal("size", n, len(shop["groups"])) @ factor.T
    traits = normal("traits", n, 3) * np.sqrt(np.array(shop["trait_variances"]))
    brand_offset = normal("brand_offset", len(brand_group)) * offset_sd[brand_group, 0]
    brand_spread = normal("brand_spread", len(brand_group)) * spread_sd[brand_group, 0]
    offset = brand_offset[article["brand"]] + normal("offset", len(of)) * offset_sd[of, 1]
    spread = brand_spread[article["brand"]] + normal("spread", len(of)) * spread_sd[of, 1]
    returning = normal("returning", len(of)) * np.sqrt(group["article_returning"])[of]
    values = {
        "size": size,
        "fussiness": traits[:, 0],
        "preference": traits[:, 1],
        "returning": traits[:, 2],
        "brand's offset": brand_offset,
        "brand's spread": brand_spread,
        "article's offset": offset,
        "article's spread": spread,
    }
    for name, value in values.items():
        numpyro.deterministic(name, value)
    return values | {"article's returning": returning}


def model(shop, group, article, bought):
    """The joint density of all latents and the history; symbols as in model/README.md."""
    latent = latents(shop, group, article)
    customer, a, g = bought["customer"], bought["article"], bought["group"]
    u = latent["size"][customer, g]
    h, p, w = (latent[name][customer] for name in ("fussiness", "preference", "returning"))
    offset, spread = latent["article's offset"], latent["article's spread"]
    small, large = (bought["outcome"] == k for k in (0, 2))
    other = bought["outcome"] == 3

    # The choice among the sizes on offer (section 2): for the customer, or for somebody else.
    share, mean, variance = (group["others"][g, i] for i in range(3))
    v = u - group["awareness"][g] * offset[a]
    z = (article["position"][a] - v[:, None]) / group["scale"][g][:, None]
    taken = (jnp.arange(len(g)), bought["size"])
    own_weights = article["appeal"][a] - 0.5 * (FREEDOM + 1.0) * jnp.log1p(z * z / FREEDOM)
    own_choice = jax.nn.log_softmax(own_weights, axis=1)[taken]
    away = article["position"][a] - mean[:, None]
    other_weights = article["appeal"][a] - 0.5 * away**2 / variance[:, None]
    other_choice = jax.nn.log_softmax(other_weights, axis=1)[taken]

    # The outcome (section 3): three probits in sequence. Did the purchase come back for another
    # reason than its size? If not, was it too small? If not, was it too large?
    def fit(misfit, h, p, noise):
        sd = jnp.sqrt(1.0 + noise)
        eta_small = (bought["fixed"][:, 0] - misfit + h + p + spread[a]) / sd
        eta_large = (bought["fixed"][:, 1] + misfit + h - p + spread[a]) / sd
        is_large = log_ndtr(jnp.where(large, 1, -1) * eta_large)
        return jnp.where(small, log_ndtr(eta_small), log_ndtr(-eta_small) + is_large)

    runs = group["slope"][g] * offset[a]
    slope = group["chosen_slope"][g]
    # Somebody else's size lies around the size taken with the noise of a choice.
    noise = slope**2 * group["scale"][g] ** 2 * FREEDOM / (FREEDOM - 2.0)
    own_fit = fit(slope * (bought["x"] - u) + runs, h, p, 0.0)
    other_fit = fit(runs, 0.0, 0.0, noise)
    back = group["back"][g] + w + latent["article's returning"][a]
    persons = jnp.logaddexp(
        jnp.log1p(-share) + own_choice + jnp.where(other, 0.0, own_fit),
        jnp.log(share) + other_choice + jnp.where(other, 0.0, other_fit),
    )
    became = log_ndtr(jnp.where(other, 1, -1) * back)
    numpyro.factor("history", jnp.sum(persons + became))


def believed(shop):
    """Inseam's means and sds of the same latents, under the same names."""
    customers, articles = shop["customers"], shop["articles"]
    traits = np.array([c["traits"] for c in customers])
    return {
        "size": np.array([c["sizes"] for c in customers]),
        "fussiness": traits[:, 0],
        "preference": traits[:, 1],
        "returning": traits[:, 2],
        "article's offset": np.array([a["offset"] for a in articles]),
        "article's spread": np.array([a["spread"] for a in articles]),
        "brand's offset": np.array([b["offset"] for b in shop["brands"]]),
        "brand's spread": np.array([b["spread"] for b in shop["brands"]]),
    }


def row(name, belief, draws):
    """One row of the table.

    The last axis of `belief` is (mean, sd); the first two axes of `draws` are chain and iteration.
    """
    mean, sd = belief[..., 0].ravel(), belief[..., 1].ravel()
    draws = np.asarray(draws)
    draws = draws.reshape(*draws.shape[:2], -1)
    exact_mean, exact_sd = draws.mean(axis=(0, 1)), draws.std(axis=(0, 1))
    off = (mean - exact_mean) / exact_sd
    ratio = sd / exact_sd
    low, high = np.quantile(ratio, [0.05, 0.95])
    r_hat, ess = split_gelman_rubin(draws).max(), effective_sample_size(draws).min()
    return (
        f"| {name} | {len(mean)} | {np.sqrt((off**2).mean()):.3f} | {np.abs(off).max():.2f} | {ratio.mean():.3f} "
        f"| {low:.2f} to {high:.2f} | {r_hat:.4f} | {ess:.0f} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warmup", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=5000)
    parser.add_argument("--chains", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    numpyro.enable_x64()
    shop = json.load(sys.stdin)
    arrays = columns(shop)
    beliefs = believed(shop)
    kernel = NUTS(model)
    mcmc = MCMC(
        kernel,
        num_warmup=args.warmup,
        num_samples=args.draws,
        num_chains=args.chains,
        chain_method="sequential",
        progress_bar=False,
    )
    mcmc.run(jax.random.PRNGKey(args.seed), shop, *arrays, extra_fields=("diverging",))
    draws = mcmc.get_samples(group_by_chain=True)
    diverged = int(np.asarray(mcmc.get_extra_fields()["diverging"]).sum())
    sold, brands, customers = (len(shop[key]) for key in ("articles", "brands", "customers"))
    print(f"{len(shop['purchases'])} purchases by {customers} customers of {sold} articles of {brands} brands;")
    print(f"{args.chains} chains of {args.draws} draws after {args.warmup}, {diverged} divergent\n")
    print("| " + " | ".join(HEADS) + " |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, belief in beliefs.items():
        print(row(name, belief, draws[name]))


if __name__ == "__main__":
    main()
