# Grant elements by summing discounted payments, for tests/golden/grant_element.csv. Run: Rscript tests/golden/grant_element.R
# R 4.2. The payments are written out period by period; no closed form is used.
element <- function(kind, rate, maturity, grace, payments, discount) {
  a <- payments; r <- rate / a
  if (kind %in% c("bullet", "lump_sum")) grace <- maturity
  if (kind == "lump_sum") return(1 - (1 + rate * maturity) / (1 + discount)^maturity)
  n <- round((maturity - grace) * a) + 1
  before <- round(grace * a) - 1
  times <- seq_len(before + n) / a
  principal <- c(rep(0, before), rep(1 / n, n))
  if (kind == "annuity" && r > 0) {
    level <- r / (1 - (1 + r)^-n)
    left <- 1
    for (k in seq_len(n)) { p <- level - left * r; principal[before + k] <- p; left <- left - p }
  }
  outstanding <- 1 - c(0, cumsum(principal)[-length(principal)])
  1 - sum((principal + outstanding * r) / (1 + discount)^times)
}
grid <- expand.grid(kind = c("equal_principal", "annuity", "bullet", "lump_sum"), rate = c(0, 0.0075, 0.025, 0.08),
                    maturity = c(10, 20, 40), grace = c(1, 2.5, 5, 10), payments = c(1, 2), discount = c(0.05, 0.06, 0.07, 0.09, 0.1),
                    stringsAsFactors = FALSE)
grid <- grid[(grid$payments == 2 | grid$grace != 2.5) & !(grid$kind %in% c("bullet", "lump_sum") & grid$grace != 5), ]
grid <- grid[seq(1, nrow(grid), by = 7), ]
grid$element <- mapply(element, grid$kind, grid$rate, grid$maturity, grid$grace, grid$payments, grid$discount)
grid$element <- sprintf("%.15g", grid$element)
write.csv(grid, "tests/golden/grant_element.csv", row.names = FALSE, quote = FALSE)
