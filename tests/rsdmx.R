# Data messages as rsdmx reads them, each beside itself as FILE.csv: Rscript rsdmx.R FILE ...
suppressMessages(library(rsdmx))
for (file in commandArgs(trailingOnly = TRUE)) {
  data <- as.data.frame(readSDMX(file, isURL = FALSE))
  write.csv(data, paste0(file, ".csv"), row.names = FALSE, na = "")
}
