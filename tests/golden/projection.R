# Golden values for tests/assess/projection_golden_test.cpp, by R's own functions: lm, StructTS, KalmanRun, forecast::ets.
# Rscript tests/golden/projection.R, in the project's root, writes tests/golden/projection_figures.csv and projection.csv.
# Made with R 4.2.2 and forecast 8.20 (Debian 12: r-base-core, r-cran-forecast).
suppressMessages(library(forecast))
all <- read.csv(gzfile("data/starter/observations.csv.gz"))
chosen <- list(c("SP_DYN_IMRT", "BRA"), c("SP_DYN_IMRT", "BGD"), c("SP_DYN_TFRT", "BRA"), c("NY_GDP_PCAP_KD", "BGD"),
               c("NY_GDP_PCAP_KD", "BRA"), c("DT_ODA_ODAT_KD", "BRA"), c("SP_DYN_LE00", "USA"), c("SI_POV_GINI", "BRA"))
horizon <- 10
figures <- NULL
out <- NULL
put <- function(model, quantity, values) {
  out <<- rbind(out, data.frame(series = one[1], area = one[2], model = model, quantity = quantity,
                                h = seq_along(values), value = sprintf("%.17g", values)))
}
# Exact diffuse log-likelihood of the local linear trend without gaps: that of its second differences, an MA(2) with these covariances.
exact <- function(y, v) {
  d <- diff(y, differences = 2)
  n <- length(d)
  covariance <- toeplitz(c(6 * v[1] + 2 * v[2] + v[3], -4 * v[1] - v[2], v[1], rep(0, n - 3)))
  root <- tryCatch(chol(covariance), error = function(e) NULL)
  if (is.null(root)) return(-1e10)
  -0.5 * (n * log(2 * pi) + sum(backsolve(root, d, transpose = TRUE)^2)) - sum(log(diag(root)))
}
for (one in chosen) {
  rows <- all[all$series == one[1] & all$ref_area == one[2] & !is.na(all$obs_value), ]
  rows <- rows[order(rows$time_period), ]
  t <- rows$time_period
  z <- rows$obs_value
  figures <- rbind(figures, data.frame(series = one[1], area = one[2], year = t, value = sprintf("%.17g", z)))
  future <- data.frame(t = max(t) + 1:horizon)
  for (log_scale in c(FALSE, TRUE)) {
    w <- if (log_scale) log(z) else z
    p <- predict(lm(w ~ t), future, se.fit = TRUE)
    put(if (log_scale) "log_linear" else "linear", "mean", p$fit)
    put(if (log_scale) "log_linear" else "linear", "sd", sqrt(p$se.fit^2 + p$residual.scale^2))
  }
  y <- rep(NA, diff(range(t)) + 1)
  y[t - min(t) + 1] <- z
  fit <- suppressWarnings(StructTS(ts(y), type = "trend"))
  v <- fit$coef[c("epsilon", "level", "slope")]
  put("structts", "variances", v)
  # StructTS starts level and slope from one common prior, not from a diffuse one. The filter again, with a diffuse start.
  m <- fit$model
  m$a <- c(z[1], 0)
  m$P <- diag(2) * 1e6 * var(z)
  m$Pn[] <- 0
  m <- attr(KalmanRun(y, m, nit = -1L, update = TRUE), "mod")
  p <- KalmanForecast(horizon, m)
  put("structts", "mean", p$pred)
  put("structts", "sd", sqrt(p$var))
  if (anyNA(y)) next
  put("structts", "exact", exact(y, v))
  scale <- var(diff(y, differences = 2))
  best <- NULL
  for (start in list(c(-3, -3, -3), c(-3, -1, -6), c(-6, -1, -3), c(-1, -6, -6), c(-9, -9, 0), c(-9, 0, -9), c(0, -9, -9))) {
    o <- optim(start, function(p) -exact(y, scale * exp(p)), control = list(maxit = 5000, reltol = 1e-13))
    o <- optim(o$par, function(p) -exact(y, scale * exp(p)), control = list(maxit = 5000, reltol = 1e-13))
    if (is.null(best) || o$value < best$value) best <- o
  }
  put("exact", "variances", scale * exp(best$par))
  put("exact", "exact", -best$value)
  e <- ets(ts(y), model = "AAN", damped = TRUE)
  f <- forecast(e, h = horizon, level = 80)
  put("ets", "parameters", e$par[c("alpha", "beta", "phi")])
  put("ets", "squares", sum(residuals(e)^2))
  put("ets", "sigma2", e$sigma2)
  put("ets", "state", tail(e$states, 1))
  put("ets", "mean", f$mean)
  put("ets", "sd", (f$upper[, 1] - f$mean) / qnorm(0.9))
}
write.csv(figures, "tests/golden/projection_figures.csv", row.names = FALSE, quote = FALSE)
write.csv(out, "tests/golden/projection.csv", row.names = FALSE, quote = FALSE)
