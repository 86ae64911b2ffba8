# The other side of crossed_model.py: lme4 on the same rows. Prints one line of JSON.
# Rscript crossed_model.R FILE FORMULA [once]: reads y and the factors from FILE, fits, and measures.
suppressMessages(library(lme4))
arguments <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(arguments[1])
for (name in setdiff(names(rows), "y")) rows[[name]] <- factor(rows[[name]])
invisible(gc(reset = TRUE))
cpu <- function() sum(proc.time()[1:2])
start <- cpu()
fit <- lmer(as.formula(arguments[2]), rows, REML = TRUE, control = lmerControl(calc.derivs = FALSE))
fitted <- cpu()
effects <- ranef(fit, condVar = TRUE)
end <- cpu()
sds <- as.data.frame(VarCorr(fit))
status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", status, value = TRUE))) / 1024
cat(sprintf(
  '{"fit": %.3f, "all": %.3f, "criterion": %.6f, "peak": %.0f, "sd": {%s}, "lme4": "%s", "r": "%s", "blas": "%s"}\n',
  fitted - start, end - start, REMLcrit(fit), peak,
  paste(sprintf('"%s": %.8f', sds$grp, sds$sdcor), collapse = ", "),
  packageVersion("lme4"), getRversion(), basename(dirname(extSoftVersion()[["BLAS"]]))
))
