# Gaps and paths from volumes in constant prices and rounded shares, worked out apart from the program:
#   Rscript tests/golden/oda_constant.R ../shared/data/oda/oda_and_gni_share_2000_2025.csv > tests/golden/oda_constant.csv
# Source of the figures: OECD as republished by ONEcampaign/oda-dashboard (topic_page), constant 2025 dollars, shares with two decimals.
file <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file, check.names = FALSE)
names(d) <- c("name", "year", "oda", "share")
codes <- c("DAC countries" = "DAC", "Germany" = "DEU", "Japan" = "JPN", "Norway" = "NOR", "United Kingdom" = "GBR", "United States" = "USA")
d <- subset(d, name %in% names(codes) & year %in% c(2000, 2008, 2013, 2017, 2018, 2024, 2025))
d$donor <- codes[d$name]
d$gni <- d$oda * 100 / d$share
d$gni_low <- d$oda * 100 / (d$share + 0.005)
d$gni_high <- d$oda * 100 / (d$share - 0.005)
kept <- d$share >= 0.7
short <- function(gni) pmax(0.007 * gni - d$oda, 0)
d$gap <- ifelse(kept, 0, short(d$gni))
d$gap_low <- short(d$gni_low)
d$gap_high <- short(d$gni_high)
# The path to 0.7 per cent in 2030 with a GNI that grows by 2 per cent a year.
n <- 2030 - d$year
end <- ifelse(kept, d$share, 0.7) / 100 * d$gni * 1.02^n
d$growth <- (end / d$oda)^(1 / n) - 1
d$additional <- mapply(function(s, g, years, is_kept) {
  i <- seq_len(years)
  step <- if (is_kept) 0 else (0.7 - s) / years
  sum(step * i / 100 * g * 1.02^i)
}, d$share, d$gni, n, kept)
d <- d[order(d$donor, d$year), c("donor", "year", "oda", "share", "gni", "gni_low", "gni_high", "gap", "gap_low", "gap_high", "growth", "additional")]
write.csv(format(d, digits = 12, trim = TRUE, scientific = FALSE), row.names = FALSE, quote = FALSE)
