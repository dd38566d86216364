package dev.serai.core.usage;

import dev.serai.core.chat.Usage;
import java.util.List;

/**
 * The sum of some rows of the ledger. Tokens and {@code costNanoUsd} are those of delivered
 * attempts.
 *
 * @param group the values that these rows share, in the order of {@link UsageQuery#groupBy}
 * @param requests calls that ended; a copy that an experiment makes is not one
 * @param failed calls of them that ended with a failure
 * @param cancelled calls of them whose client disconnected
 * @param attempts rows
 * @param usage tokens; its tier is empty
 * @param costNanoUsd of what was delivered, as far as prices are known, in nano US dollars
 * @param undeliveredNanoUsd of attempts whose response was not sent to the caller
 * @param priced attempts whose price was known
 * @param unpriced attempts that used tokens of an unknown price: the cost is at least as high as
 *     said
 * @param estimated attempts whose tokens were estimated
 */
public record UsageTotals(
    List<String> group,
    long requests,
    long failed,
    long cancelled,
    long attempts,
    Usage usage,
    long costNanoUsd,
    long undeliveredNanoUsd,
    long priced,
    long unpriced,
    long estimated) {
  public UsageTotals {
    group = List.copyOf(group);
  }
}
