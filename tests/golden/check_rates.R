# Robust z of yearly rates, by R's own median() and mad() (constant 1.4826): Rscript check_rates.R > check_rates.csv
# Figures: UN SDG database, SH_DYN_MORT (under-five mortality), Haiti, AGE=Y0T4, SEX=F, 2004-2015, with the year of
# the earthquake; the year 2008 is left out on purpose, so that one rate spans two years.
year <- c(2004, 2005, 2006, 2007, 2009, 2010, 2011, 2012, 2013, 2014, 2015)
value <- c(84.7, 82.5, 80.4, 78.5, 74.9, 200.5, 71.3, 69.7, 68, 66.2, 64.4)
rate <- diff(log(value)) / diff(year)
z <- (rate - median(rate)) / mad(rate)
cat("year,value,rate,z\n")
for (i in seq_along(rate)) cat(sprintf("%d,%.17g,%.17g,%.17g\n", year[i + 1], value[i + 1], rate[i], z[i]))
