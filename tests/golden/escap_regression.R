# Weighted least squares of R for the Anticipated Progress Index: weights (t - t1 + 1)/(tn - t1 + 1). Writes the table
# tests/golden/escap_regression.csv:  Rscript escap_regression.R > escap_regression.csv
series <- list(
  published = list(t = c(2005, 2010, 2015, 2020, 2023), y = c(48, 55, 60, 66, 70)),
  falling = list(t = c(2000, 2004, 2009, 2015, 2016, 2021, 2022), y = c(90.5, 81.25, 70, 61, 60.5, 52, 49.75)),
  turning = list(t = 2000:2023, y = 50 + 8 * sin((0:23) / 4)),
  pair = list(t = c(2015, 2023), y = c(-3, 4.5)))
cat("series,years,values,slope,at_2030\n")
for (name in names(series)) {
  s <- series[[name]]
  w <- (s$t - s$t[1] + 1) / (tail(s$t, 1) - s$t[1] + 1)
  fit <- lm(y ~ t, data = data.frame(t = s$t, y = s$y), weights = w)
  cat(name, paste(s$t, collapse = " "), paste(format(s$y, digits = 17, trim = TRUE), collapse = " "),
      format(unname(coef(fit)[2]), digits = 12), format(unname(predict(fit, data.frame(t = 2030))), digits = 12), sep = ",")
  cat("\n")
}
