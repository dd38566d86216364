package dev.serai.core.usage;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One row of the ledger: one attempt of a call. A call has as many rows as it had attempts, and one
 * if it had none; the last one is terminal and has the outcome of the call.
 *
 * @param requestId the id of the call
 * @param clientRequestId the ID that the client gave its request; empty if it gave none
 * @param attempt counts from 1; 0 for a call that ended before any attempt
 * @param terminal whether this is the call's last row
 * @param timeMillis when the call began, in milliseconds since 1970 (UTC)
 * @param caller who made the call
 * @param surface the surface of the call
 * @param operation the operation of the call
 * @param requestedModel the model's name as the caller wrote it, at most {@link #MAX_NAME_LENGTH}
 *     characters
 * @param candidate the candidate of the attempt; both names are empty without an attempt
 * @param outcome how the attempt ended for the caller
 * @param problem the code of its failure
 * @param cause why it failed, if it was the provider's: the label of a {@link
 *     dev.serai.core.problem.FailureCause}
 * @param streamed whether the response was streamed to the caller
 * @param delivered whether the caller is charged for the attempt: any of the response was sent, a
 *     guard withheld it, or another attempt that ran beside it was faster
 * @param usage the tokens of the attempt; {@link Usage} without counts if there was no response
 * @param estimated whether {@code usage} is an estimate because the provider reported none
 * @param costNanoUsd in nano US dollars (1e-9 USD); empty if the price is unknown, which is not
 *     zero, or nothing was used
 * @param latencyMicros duration of the attempt, in microseconds
 * @param firstTokenMicros time from the start of the attempt to the first token of a stream, or to
 *     the arrival of a non-streaming response, in microseconds
 * @param dropped fields that the provider's dialect could not express
 * @param decision how the candidate was chosen; in the first row of a call, if there were several
 */
public record UsageRecord(
    String requestId,
    String clientRequestId,
    int attempt,
    boolean terminal,
    long timeMillis,
    Caller caller,
    String surface,
    Operation operation,
    String requestedModel,
    Candidate candidate,
    Call.Outcome outcome,
    Optional<String> problem,
    Optional<String> cause,
    boolean streamed,
    boolean delivered,
    Usage usage,
    boolean estimated,
    OptionalLong costNanoUsd,
    long latencyMicros,
    OptionalLong firstTokenMicros,
    List<String> dropped,
    Optional<RecordedDecision> decision) {
  /** Maximum characters stored of a name that a caller chose. */
  public static final int MAX_NAME_LENGTH = 256;

  /** Maximum tags stored of a call, those of its key included. */
  public static final int MAX_TAGS = 32;

  /** Maximum characters stored of a tag. */
  public static final int MAX_TAG_LENGTH = 64;

  public UsageRecord {
    dropped = List.copyOf(dropped);
  }

  /** The same row with this decision. */
  public UsageRecord with(Optional<RecordedDecision> made) {
    return with(usage, costNanoUsd, made);
  }

  /** The same row with these tokens and their cost. */
  public UsageRecord with(Usage counted, OptionalLong nanoUsd) {
    return with(counted, nanoUsd, decision);
  }

  private UsageRecord with(Usage counted, OptionalLong nanoUsd, Optional<RecordedDecision> made) {
    return new UsageRecord(
        requestId,
        clientRequestId,
        attempt,
        terminal,
        timeMillis,
        caller,
        surface,
        operation,
        requestedModel,
        candidate,
        outcome,
        problem,
        cause,
        streamed,
        delivered,
        counted,
        estimated,
        nanoUsd,
        latencyMicros,
        firstTokenMicros,
        dropped,
        made);
  }

  /**
   * The tags of a caller that are recorded, and that budgets count, sorted: those of its identity
   * first, at most {@link #MAX_TAGS}, each cut to {@link #MAX_TAG_LENGTH} characters.
   */
  public static List<String> tags(Caller caller) {
    List<String> all = caller.allTags();
    return all.size() <= MAX_TAGS && areShort(all) ? all : first(caller);
  }

  private static boolean areShort(List<String> tags) {
    for (String tag : tags) {
      if (tag.length() > MAX_TAG_LENGTH) {
        return false;
      }
    }
    return true;
  }

  private static List<String> first(Caller caller) {
    return Stream.concat(cut(caller.identity().tags()), cut(caller.tags()))
        .distinct()
        .limit(MAX_TAGS)
        .sorted()
        .toList();
  }

  private static Stream<String> cut(Collection<String> tags) {
    return tags.stream()
        .map(tag -> tag.length() <= MAX_TAG_LENGTH ? tag : tag.substring(0, MAX_TAG_LENGTH))
        .sorted();
  }
}
