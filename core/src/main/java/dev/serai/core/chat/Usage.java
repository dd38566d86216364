package dev.serai.core.chat;

import java.util.OptionalLong;

/**
 * Tokens of one attempt, as the provider reported them, normalised: {@code input} includes what was
 * read from and written to a prompt cache and audio, {@code output} includes reasoning and audio.
 *
 * @param cached part of {@code input} that was read from the provider's cache
 * @param cacheWritten part of {@code input} that was written to it
 * @param reasoning part of {@code output} that was reasoning
 * @param cacheWrittenHour part of {@code cacheWritten} that was written to be cached for an hour,
 *     which some providers charge more for
 * @param audioInput part of {@code input} that was audio
 * @param audioOutput part of {@code output} that was audio
 * @param tier the service tier that the provider reports, in its own word ("batch", "flex",
 *     "priority"); empty for the default
 * @param reportedNanoUsd what the provider says that the attempt cost, in nano US dollars (1e-9
 *     USD)
 */
public record Usage(
    long input,
    long output,
    long cached,
    long cacheWritten,
    long reasoning,
    long cacheWrittenHour,
    long audioInput,
    long audioOutput,
    String tier,
    OptionalLong reportedNanoUsd) {
  /** A count of this many tokens or more is not plausible. */
  public static final long MAX_TOKENS = 100_000_000;

  /** No tokens. */
  public static final Usage NONE = of(0, 0);

  /**
   * @throws IllegalArgumentException if a count is below zero
   */
  public Usage {
    if ((input | output | cached | cacheWritten | reasoning) < 0
        || (cacheWrittenHour | audioInput | audioOutput) < 0) {
      throw new IllegalArgumentException("token counts are not negative");
    }
  }

  /** Usage of a provider that reports no cost. */
  public Usage(
      long input,
      long output,
      long cached,
      long cacheWritten,
      long reasoning,
      long cacheWrittenHour,
      long audioInput,
      long audioOutput,
      String tier) {
    this(
        input,
        output,
        cached,
        cacheWritten,
        reasoning,
        cacheWrittenHour,
        audioInput,
        audioOutput,
        tier,
        OptionalLong.empty());
  }

  /** Usage without the parts that few providers tell apart. */
  public Usage(long input, long output, long cached, long cacheWritten, long reasoning) {
    this(input, output, cached, cacheWritten, reasoning, 0, 0, 0, "");
  }

  /** Usage without cache or reasoning parts. */
  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0, 0);
  }

  /** The same usage, with the part of {@link #cacheWritten} that is cached for an hour. */
  public Usage withCacheWrittenHour(long tokens) {
    return with(tokens, audioInput, audioOutput, tier);
  }

  /** The same usage, with these audio tokens. */
  public Usage withAudio(long ofInput, long ofOutput) {
    return with(cacheWrittenHour, ofInput, ofOutput, tier);
  }

  /** The same usage, in this service tier. */
  public Usage withTier(String terms) {
    return with(cacheWrittenHour, audioInput, audioOutput, terms);
  }

  private Usage with(long writtenHour, long ofInput, long ofOutput, String terms) {
    return new Usage(
        input,
        output,
        cached,
        cacheWritten,
        reasoning,
        writtenHour,
        ofInput,
        ofOutput,
        terms,
        reportedNanoUsd);
  }

  /** The same usage, with the cost that the provider reports. */
  public Usage withReportedCost(long nanoUsd) {
    return new Usage(
        input,
        output,
        cached,
        cacheWritten,
        reasoning,
        cacheWrittenHour,
        audioInput,
        audioOutput,
        tier,
        OptionalLong.of(nanoUsd));
  }

  /** The tokens of both, at the terms of the later one; the reported cost only if both have one. */
  public Usage plus(Usage later) {
    boolean costs = reportedNanoUsd.isPresent() && later.reportedNanoUsd.isPresent();
    return new Usage(
        input + later.input,
        output + later.output,
        cached + later.cached,
        cacheWritten + later.cacheWritten,
        reasoning + later.reasoning,
        cacheWrittenHour + later.cacheWrittenHour,
        audioInput + later.audioInput,
        audioOutput + later.audioOutput,
        later.tier,
        costs
            ? OptionalLong.of(reportedNanoUsd.getAsLong() + later.reportedNanoUsd.getAsLong())
            : OptionalLong.empty());
  }

  public long total() {
    return input + output;
  }
}
