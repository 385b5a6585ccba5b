# What R says of the small sample of tests/assess/simulation_golden_test.cpp. Run: Rscript tests/golden/aggregate.R > tests/golden/aggregate.csv
# R 4.2.2, forecast 8.20, survey 4.1.1.
suppressMessages({library(forecast); library(survey)})
options(survey.lonely.psu = "certainty")
say <- function(what, values) for (i in seq_along(values)) cat(what, ",", i, ",", format(values[i], digits = 17), "\n", sep = "")
cat("what,index,value\n")

# Normal quantiles: centre, both branches of the tails, the smallest and largest p that a draw can have.
p <- c(2^-53, 1e-12, 1e-6, 0.025, 0.05, 0.07, 0.075, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 1 - 2^-53)
say("p", p)
say("qnorm", qnorm(p))

# A random walk with drift: point forecasts, and the standard errors behind the 80 % limits.
x <- ts(c(10, 11, 13, 12.5, 15, 17, 16, 18.2), start = 2000)
f <- rwf(x, h = 6, drift = TRUE, level = 80)
say("drift_mean", as.numeric(f$mean))
say("drift_sd", as.numeric((f$upper - f$mean) / qnorm(0.9)))

# Quantiles of type 7.
z <- c(3.5, -1, 2, 8, 8, 0.25, 7.5, 11, -4, 6)
say("quantile", as.numeric(quantile(z, c(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975), type = 7)))

# Means, totals and medians of five countries, weighted as a survey would weight them.
y <- c(12, 55, 31, 8, 40)
w <- c(60, 40, 25, 5, 30)
design <- svydesign(ids = ~1, weights = ~w, data = data.frame(y, w))
say("weighted_mean", weighted.mean(y, w))
say("svymean", as.numeric(coef(svymean(~y, design))))
say("sum", sum(y))
say("median", median(y))
say("svyquantile_median", as.numeric(coef(svyquantile(~y, design, 0.5, qrule = "school"))))
# The weight below and at 12 is 65 of 160, at 31 it is 90: the median of the weights is 31. With 80 of 160 at 12 and below it lies
# halfway to the next figure, as the rule "school" has it.
w2 <- c(75, 40, 25, 5, 15)
design2 <- svydesign(ids = ~1, weights = ~w2, data = data.frame(y, w2))
say("svyquantile_half", as.numeric(coef(svyquantile(~y, design2, 0.5, qrule = "school"))))
say("median_even", median(y[1:4]))

# The spread of a weighted mean of independent normal figures.
s <- c(2, 5, 3, 1, 4)
say("sd_of_mean", sqrt(sum(w^2 * s^2)) / sum(w))
