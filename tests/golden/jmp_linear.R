# Least squares as R has it, for the line of the method jmp_linear. Run: Rscript tests/golden/jmp_linear.R > tests/golden/jmp_linear.csv
series <- list(
  survey = data.frame(year = c(2000, 2003, 2006, 2011, 2014, 2016), value = c(52.1, 55.0, 61.2, 63.9, 71.5, 70.2)),
  falling = data.frame(year = c(2001, 2002, 2009, 2010, 2019), value = c(33.3, 31.8, 20.5, 22.25, 4.125)),
  two = data.frame(year = c(2005, 2012), value = c(50, 64)))
cat("series,slope,at_2000,at_2015,at_2030\n")
for (name in names(series)) {
  fit <- lm(value ~ year, data = series[[name]])
  at <- predict(fit, data.frame(year = c(2000, 2015, 2030)))
  cat(name, sprintf("%.12f", coef(fit)[["year"]]), sprintf("%.12f", at), sep = ",")
  cat("\n")
}
