package dev.serai.processors.accounting;

import dev.serai.core.usage.UsageLedger;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that report usage. The steps are thread-safe. */
public final class UsageSteps {
  private UsageSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(
      UsageLedger ledger, InstantSource clock, EventLoops loops) {
    return Map.of(
        "report-usage", new ReportUsage(ledger, loops),
        "summarise-usage", new SummariseUsage(ledger, loops),
        "show-usage", new ShowUsage(ledger, loops),
        "report-organization-usage", new ReportOrganizationUsage(ledger, clock, loops));
  }
}
