package dev.serai.gateway.replay;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.offpolicy.Estimate;
import dev.serai.core.offpolicy.Estimator;
import dev.serai.core.offpolicy.PolicyReplay;
import dev.serai.core.offpolicy.PolicyReplay.Figures;
import dev.serai.core.offpolicy.PolicyReplay.Report;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Prints what a replay has found, as a table or as JSON. Not thread-safe. */
final class ReplayPrinter {
  private static final String ROW = "%-12s %-24s %-24s %-24s %-24s%n";
  private static final MathContext DIGITS = new MathContext(4);

  private final PrintStream out;

  ReplayPrinter(PrintStream out) {
    this.out = out;
  }

  void text(Report report) {
    out.printf(
        Locale.ROOT,
        "%d calls: %d usable, %d without a known propensity, %d of models that the policy does not"
            + " know%n",
        report.calls(),
        report.usable(),
        report.unknown(),
        report.others());
    if (!report.concludes()) {
      out.println(why(report));
      return;
    }
    out.printf(
        Locale.ROOT, "They say as much as %.0f calls of the policy would.%n%n", report.effective());
    out.printf(ROW, "per call", "as it was", "policy: ips", "snips", "doubly robust");
    for (Figures figures : report.figures()) {
      out.printf(
          ROW,
          figures.name(),
          text(figures.past()),
          text(figures.by(Estimator.IPS)),
          text(figures.by(Estimator.SNIPS)),
          text(figures.by(Estimator.DOUBLY_ROBUST)));
    }
    out.println();
    out.println("In brackets are 95 % intervals. A difference within them may be chance.");
  }

  private static String why(Report report) {
    if (report.unseen() > PolicyReplay.MAX_UNSEEN) {
      return "No conclusion: "
          + Math.round(100 * report.unseen())
          + " % of the choices of the policy are candidates that no usable call has chosen, and at"
          + " most "
          + Math.round(100 * PolicyReplay.MAX_UNSEEN)
          + " % may be. Let some calls go there first, for example by a small weight.";
    }
    return "No conclusion: the calls say as much as "
        + (long) report.effective()
        + " calls of the policy would, and at least "
        + PolicyReplay.MIN_EFFECTIVE
        + " are needed. Take more calls, or a policy that is closer to the one that was used.";
  }

  private static String text(Estimate estimate) {
    return number(estimate.value())
        + " ("
        + number(estimate.low())
        + " to "
        + number(estimate.high())
        + ")";
  }

  private static String number(double value) {
    return rounded(value).toPlainString();
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros();
  }

  void json(Report report) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("calls", report.calls())
            .member("usable", report.usable())
            .member("without_propensity", report.unknown())
            .member("of_other_models", report.others())
            .member("effective_calls", rounded(report.effective()))
            .member("unseen_share", rounded(report.unseen()))
            .member("concludes", report.concludes());
    if (report.concludes()) {
      json.name("per_call").beginObject();
      for (Figures figures : report.figures()) {
        json.name(figures.name()).beginObject();
        write(json, "as_it_was", figures.past());
        for (Estimator estimator : Estimator.values()) {
          write(json, estimator.name().toLowerCase(Locale.ROOT), figures.by(estimator));
        }
        json.endObject();
      }
      json.endObject();
    } else {
      json.member("why", why(report));
    }
    out.println(new String(json.endObject().bytes(), StandardCharsets.UTF_8));
  }

  private static void write(JsonWriter json, String name, Estimate estimate) {
    json.name(name)
        .beginObject()
        .member("value", rounded(estimate.value()))
        .member("low", rounded(estimate.low()))
        .member("high", rounded(estimate.high()))
        .member("calls", estimate.calls())
        .member("effective_calls", rounded(estimate.effectiveCalls()))
        .endObject();
  }
}
