# The peer of bench/run projection in R: StructTS and ten forecasts for every series (one a line: first year, figures).
# Rscript projection.R SERIES OUTPUT: writes noise, level and slope variance a line (-1 where it failed); prints the seconds a series.
arguments <- commandArgs(trailingOnly = TRUE)
series <- lapply(strsplit(readLines(arguments[1]), " "), function(words) as.numeric(words[-1]))
start <- proc.time()[["elapsed"]]
fits <- lapply(series, function(y) suppressWarnings(tryCatch({
  fit <- StructTS(y, type = "trend")
  predict(fit, n.ahead = 10)
  fit$coef[c("epsilon", "level", "slope")]
}, error = function(e) c(-1, -1, -1))))
cat((proc.time()[["elapsed"]] - start) / length(series), "\n")
write.table(do.call(rbind, fits), arguments[2], row.names = FALSE, col.names = FALSE)
