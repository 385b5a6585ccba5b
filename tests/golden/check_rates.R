# Robust z of yearly rates, by R's own median() and mad() (constant 1.4826): Rscript check_rates.R > check_rates.csv
# Figures: UN SDG database (extract of about 2020). "quake": SH_DYN_MORT (under-five mortality), Haiti, AGE=Y0T4, SEX=F,
# 2004-2015, with the year of the earthquake; the year 2008 is left out on purpose, so that one rate spans two years.
# The others are made up: a share in percentage points; figures of both signs, as parts of their middle size; one that never
# changes, whose MAD is zero.
cases <- list(
  quake = list("relative", c(2004, 2005, 2006, 2007, 2009, 2010, 2011, 2012, 2013, 2014, 2015),
               c(84.7, 82.5, 80.4, 78.5, 74.9, 200.5, 71.3, 69.7, 68, 66.2, 64.4)),
  share = list("points", c(2000, 2001, 2003, 2004, 2005, 2006, 2007, 2010, 2011), c(40.5, 41, 42.75, 43, 71, 72, 72.5, 74, 74)),
  signs = list("level", 2000:2008, c(-3, 2, 5, -1, 0, 4, 60, 3, -2)),
  still = list("relative", 2000:2008, rep(7, 9)))
cat("case,scale,level,year,value,rate,mad,z\n")
for (name in names(cases)) {
  scale <- cases[[name]][[1]]; year <- cases[[name]][[2]]; value <- cases[[name]][[3]]
  level <- median(abs(value))
  change <- switch(scale, relative = diff(log(value)), points = diff(value) / 100, level = diff(value) / level)
  rate <- change / diff(year)
  z <- (rate - median(rate)) / mad(rate)
  for (i in seq_along(value)) {
    r <- if (i == 1) "" else sprintf("%.17g", rate[i - 1])
    s <- if (i == 1 || mad(rate) == 0) "" else sprintf("%.17g", z[i - 1])
    cat(sprintf("%s,%s,%.17g,%d,%.17g,%s,%.17g,%s\n", name, scale, level, as.integer(year[i]), value[i], r, mad(rate), s))
  }
}
