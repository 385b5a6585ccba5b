"""Group aggregates with 1,000 joint draws, all groups x all series, latest year and 2030, against numpy with matrix products."""
import os
import tempfile

import numpy

from common import DATA, PROGRAM, best, closing, run_child, timed

DRAWS, YEARS, REPEATS, COVERAGE = 1000, 2, 5, 0.5
LEVELS = numpy.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])

with tempfile.TemporaryDirectory() as folder:
    store = os.path.join(folder, "store.duckdb")
    run_child([PROGRAM, "--store", store, "--quiet", "import", DATA / "panel" / "observations.csv.gz"])
    _, memory, out = run_child([PROGRAM.parent / "bench" / "aggregate_core", store, folder, REPEATS])
    *samples, sizes = out.strip().splitlines()
    mine = best([float(line) for line in samples])
    series, countries, groups = map(int, sizes.split())
    read = lambda name: numpy.fromfile(os.path.join(folder, name))
    members = read("members").reshape(groups, countries)
    centre, sd, weight = (read(name).reshape(series, YEARS, countries) for name in ("centre", "sd", "weight"))
    ours = {name: read(name).reshape(series, YEARS, groups) for name in ("value", "mean", "deviation", "low", "high")}


def simulate(rng, one):
    """What aggregate_core does after it has the figures of the countries: one series, both years, all groups."""
    normals = rng.standard_normal((countries, DRAWS))
    result = []
    for year in range(YEARS):
        known = ~numpy.isnan(centre[one, year])
        w = members[:, known] * weight[one, year, known]
        total, covered = members @ weight[one, year], w.sum(axis=1)
        with numpy.errstate(invalid="ignore", divide="ignore"):
            published = covered >= COVERAGE * total - 1e-12 * total
            published &= covered > 0
            w, divisor = w[published], covered[published]
            value = w @ centre[one, year, known] / divisor
            draws = w @ (centre[one, year, known, None] + sd[one, year, known, None] * normals[known]) / divisor[:, None]
        if len(draws) == 0:
            result.append((published, value, value, value, numpy.empty((len(LEVELS), 0))))
            continue
        result.append((published, value, draws.mean(axis=1), draws.std(axis=1, ddof=1), numpy.quantile(draws, LEVELS, axis=1)))
    return result


def simulate_all():
    rng = numpy.random.Generator(numpy.random.SFC64(1))
    return [simulate(rng, one) for one in range(series)]


theirs_seconds, answers = min((timed(simulate_all) for _ in range(3)), key=lambda pair: pair[0])

compared, worst_value, worst_mean, worst_sd = 0, 0.0, 0.0, 0.0
for one, years in enumerate(answers):
    for year, (published, value, mean, deviation, _) in enumerate(years):
        if not numpy.array_equal(published, ~numpy.isnan(ours["value"][one, year])):
            raise SystemExit(f"series {one}, year {year}: other groups are covered")
        own = {name: table[one, year, published] for name, table in ours.items()}
        scale = numpy.maximum(numpy.abs(value), 1e-300)
        off = numpy.max(numpy.abs(own["value"] - value) / numpy.maximum(scale, 1), initial=0)
        worst_value = max(worst_value, off)
        if off > 1e-9 and not numpy.allclose(own["value"], value, rtol=1e-9):
            raise SystemExit(f"series {one}, year {year}: the aggregates differ")
        random = deviation > 1e-9 * scale
        if not random.any():
            continue
        # Two samples of 1,000: their means differ with standard error sd sqrt(2/1000), their sds with about sd / sqrt(1000).
        mean_error = numpy.abs(own["mean"] - mean)[random] / (deviation[random] * numpy.sqrt(2 / DRAWS))
        sd_error = numpy.abs(own["deviation"][random] / deviation[random] - 1) * numpy.sqrt(DRAWS)
        worst_mean, worst_sd = max(worst_mean, mean_error.max()), max(worst_sd, sd_error.max())
        compared += int(random.sum())
if worst_mean > 6 or worst_sd > 6:
    raise SystemExit(f"beyond Monte Carlo error: means {worst_mean:.1f}, sds {worst_sd:.1f} standard errors apart")

print(f"{series} series x {groups} groups x {YEARS} years x {DRAWS:,} draws, {countries} countries; {compared:,} distributions compared")
print(f"aggregates equal to {worst_value:.1e}; means at most {worst_mean:.1f}, sds at most {worst_sd:.1f} Monte Carlo errors apart")
print(f"stocktake, from the panel (figures, projection, draws, quantiles): {mine:.2f} s, peak {memory:.0f} MiB")
print(f"numpy, from the figures of the countries on (draws, matrix products, quantiles): {theirs_seconds:.2f} s")
closing("aggregate", [("numpy", theirs_seconds / mine)])
