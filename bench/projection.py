"""Local linear trend by maximum likelihood with forecasts, against R's StructTS and statsmodels' UnobservedComponents."""
import os
import pathlib
import sys
import tempfile
import time
import warnings

import numpy
import pandas
from statsmodels.tsa.statespace.structural import UnobservedComponents

from common import DATA, PROGRAM, ROOT, best, closing, run_child

CORE = PROGRAM.parent / "bench" / "projection_core"
HORIZON, REPEATS = 10, 7
FOR_R, FOR_STATSMODELS = 2000, 200
TOLERANCE = 1e-3  # of a log-likelihood: far below what any test or criterion sees


def real_series():
    """Every series of the panel with 15 or more figures in a row, in units of its standard deviation (the peers' starting values and
    tolerances need that; ours do not). Series on a straight line have no maximum of the likelihood and are left out."""
    frame = pandas.read_csv(DATA / "panel" / "observations.csv.gz", low_memory=False)
    frame["obs_value"] = pandas.to_numeric(frame["obs_value"], errors="coerce")
    frame = frame.dropna().sort_values(["series", "ref_area", "time_period"], ignore_index=True)
    chosen = []
    for _, rows in frame.groupby(["series", "ref_area"], sort=False):
        years, values = rows["time_period"].to_numpy(), rows["obs_value"].to_numpy()
        if len(values) < 15 or years[-1] - years[0] + 1 != len(values):
            continue
        if numpy.abs(numpy.diff(values, 2)).max() > 1e-6 * numpy.ptp(values):
            chosen.append((years[0], values / values.std()))
    return chosen


def every(series, count):
    return [series[i * len(series) // count] for i in range(count)]


def write(path, series):
    pathlib.Path(path).write_text("".join(f"{year} {' '.join(map(repr, values.tolist()))}\n" for year, values in series))


def ours(path, output):
    _, _, out = run_child([CORE, "fit", path, output, REPEATS, HORIZON])
    return best([float(line) for line in out.split()]), numpy.loadtxt(output)


def exact_likelihood(path, variances):
    file = path + ".variances"
    numpy.savetxt(file, variances)
    _, _, out = run_child([CORE, "likelihood", path, file])
    return numpy.array([float(line) for line in out.split()])


def share_no_worse(what, difference):
    share = float((difference >= -TOLERANCE).mean())
    print(f"{what}: ours no worse (within {TOLERANCE:g}) on {share:.2%} of {len(difference):,} series; better by more than 0.01 on "
          f"{float((difference > 0.01).mean()):.1%}; worst {difference.min():.4f}, best {difference.max():.4f}")
    return share


def against_r(folder, series):
    path, peer = os.path.join(folder, "r.txt"), os.path.join(folder, "r.out")
    write(path, series)
    mine, fits = ours(path, peer + ".ours")
    _, _, out = run_child(["Rscript", "--vanilla", ROOT / "bench" / "projection.R", path, peer])
    variances = numpy.loadtxt(peer)
    done = variances[:, 0] >= 0
    # R stops on a bound with exact zeros; all three zero is no model.
    done &= variances.sum(axis=1) > 0
    theirs = exact_likelihood(path, numpy.where(done[:, None], variances, 1))
    print(f"StructTS failed on {int((~done).sum())} of {len(series):,} series")
    share = share_no_worse("exact diffuse log-likelihood against StructTS", fits[done, 3] - theirs[done])
    return mine, float(out), share


def against_statsmodels(folder, series):
    path = os.path.join(folder, "s.txt")
    write(path, series)
    mine, fits = ours(path, path + ".ours")
    start = time.perf_counter()
    peers = []
    for _, values in series:
        peers.append(UnobservedComponents(values, "local linear trend").fit(disp=0))
        peers[-1].get_forecast(HORIZON).summary_frame()
    seconds = (time.perf_counter() - start) / len(series)
    own, exact = [], []
    for (_, values), peer, fit in zip(series, peers, fits):
        own.append(UnobservedComponents(values, "local linear trend").loglike(fit[:3]) - peer.llf)
        model = UnobservedComponents(values, "local linear trend", use_exact_diffuse=True)
        theirs = model.loglike(fit[:3])
        exact.append(theirs - model.loglike(peer.params))
        # Theirs counts ln 2 pi of the two figures that start the filter too, less one half of each: a constant.
        if abs(theirs - fit[3] + numpy.log(2 * numpy.pi)) > 2e-3:
            sys.exit(f"exact diffuse log-likelihood: we have {fit[3]}, statsmodels {theirs} at the same variances")
    share = share_no_worse("statsmodels' own log-likelihood", numpy.array(own))
    share = min(share, share_no_worse("its exact diffuse log-likelihood", numpy.array(exact)))
    return mine, seconds, share


warnings.simplefilter("ignore")
everything = real_series()
with tempfile.TemporaryDirectory() as folder:
    r_mine, r_seconds, r_share = against_r(folder, every(everything, FOR_R))
    s_mine, s_seconds, s_share = against_statsmodels(folder, every(everything, FOR_STATSMODELS))
    all_path = os.path.join(folder, "all.txt")
    write(all_path, every(everything, FOR_R))
    print(f"fit and {HORIZON} forecasts a series, all cores: {r_mine * 1e6:.1f} us; StructTS {r_seconds * 1e3:.2f} ms; "
          f"statsmodels {s_seconds * 1e3:.1f} ms")
    for count in (100_000, 1_000_000):
        _, memory, out = run_child([CORE, "all", all_path, count, HORIZON])
        print(f"the combination of all models and its probability, {count:,} series: {float(out.split()[0]):.2f} s, {memory:.0f} MiB")
if min(r_share, s_share) < 0.99:
    sys.exit("the log-likelihood is worse than a peer's on more than 1 % of the series: no ratio")
closing("projection", [("StructTS", r_seconds / r_mine), ("statsmodels", s_seconds / s_mine)])
