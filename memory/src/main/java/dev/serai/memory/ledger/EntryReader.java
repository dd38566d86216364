package dev.serai.memory.ledger;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads journal entries as rows: those of {@link EntryWriter}, of its former versions too, and
 * those of {@link StartCodec}. Pure.
 */
final class EntryReader {
  private static final Optional<String> CLIENT_LEFT =
      Optional.of(CallerProblem.disconnected().code());

  private static final Set<String> LABELS =
      Arrays.stream(FailureCause.values())
          .map(FailureCause::label)
          .collect(Collectors.toUnmodifiableSet());

  private static final Candidate NO_CANDIDATE = new Candidate("", "");

  private EntryReader() {}

  /**
   * Reads the rows of a call, without prices.
   *
   * @throws RuntimeException if the bytes are not an entry of this version
   */
  static List<UsageRecord> read(byte[] bytes) {
    EntryBuffer in = EntryBuffer.of(bytes);
    int version = in.small();
    if (StartCodec.isKnown(version)) {
      return List.of(StartCodec.read(in, version));
    }
    requireKnown(version);
    Head head = head(in, version);
    int attempts = in.small();
    List<UsageRecord> rows = new ArrayList<>(Math.max(1, attempts));
    for (int i = 1; i <= attempts; i++) {
      rows.add(attempt(in, head, i, i == attempts));
    }
    if (attempts == 0) {
      rows.add(withoutAttempt(head));
    }
    if (version >= 4) {
      rows.set(
          0,
          rows.getFirst()
              .with(version == 4 ? DecisionCodec.readFormer(in) : DecisionCodec.read(in)));
    }
    return rows;
  }

  /** The id of the call of an entry; empty if the bytes are not an entry. */
  static Optional<String> requestId(byte[] bytes) {
    try {
      EntryBuffer in = EntryBuffer.of(bytes);
      in.number();
      return Optional.of(in.text());
    } catch (IndexOutOfBoundsException | ArithmeticException e) { // any bytes may be here
      return Optional.empty();
    }
  }

  /** Whether these bytes begin like an entry that {@link #read} can read. */
  static boolean isKnown(byte[] bytes) {
    return bytes.length > 0 && (isKnown(bytes[0]) || StartCodec.isKnown(bytes[0]));
  }

  private static boolean isKnown(int version) {
    return version >= 1 && version <= EntryWriter.VERSION;
  }

  private static void requireKnown(int version) {
    if (!isKnown(version)) {
      throw new IllegalStateException("the journal entry has another version");
    }
  }

  /** The values that all rows of a call share. */
  private record Head(
      int version,
      String requestId,
      String clientRequestId,
      long timeMillis,
      Caller caller,
      String surface,
      Operation operation,
      String asked,
      Outcome outcome,
      long latencyMicros,
      Failure failure) {}

  /** Why a call or an attempt failed. Entries of older versions of Serai have no cause. */
  private record Failure(Optional<String> code, Optional<String> cause) {
    static Failure read(EntryBuffer in) {
      String text = in.text();
      int bar = text.lastIndexOf(EntryWriter.BAR);
      Optional<String> cause =
          bar < 0
              ? Optional.empty()
              : Optional.of(text.substring(bar + 1)).filter(LABELS::contains);
      String code = cause.isPresent() ? text.substring(0, bar) : text;
      return new Failure(code.isEmpty() ? Optional.empty() : Optional.of(code), cause);
    }

    Failure or(Failure other) {
      return code.isPresent() ? this : other;
    }
  }

  private static Head head(EntryBuffer in, int version) {
    return new Head(
        version,
        in.text(),
        version == 1 ? "" : in.text(),
        in.number(),
        version < 3 ? CallerCodec.readFormer(in) : CallerCodec.read(in),
        in.text(),
        StoredCodes.operation(in.small()),
        in.text(),
        StoredCodes.outcome(in.small()),
        in.number(),
        Failure.read(in));
  }

  private static UsageRecord withoutAttempt(Head head) {
    return new UsageRecord(
        head.requestId,
        head.clientRequestId,
        0,
        true,
        head.timeMillis,
        head.caller,
        head.surface,
        head.operation,
        head.asked,
        NO_CANDIDATE,
        head.outcome,
        head.failure.code(),
        head.failure.cause(),
        false,
        false,
        EntryWriter.NO_USAGE,
        false,
        OptionalLong.empty(),
        head.latencyMicros,
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }

  private static UsageRecord attempt(EntryBuffer in, Head head, int number, boolean last) {
    Candidate candidate = new Candidate(in.text(), in.text());
    var _ = in.number(); // when it began, after the call: every row has the time of the call
    long latency = in.number();
    long firstToken = in.number();
    Failure own = Failure.read(in);
    Failure failure = last ? own.or(head.failure) : own;
    int flags = in.small();
    Usage usage = (flags & EntryWriter.PLAIN) != 0 ? plainUsage(in) : usage(in, head.version);
    return new UsageRecord(
        head.requestId,
        head.clientRequestId,
        number,
        last,
        head.timeMillis,
        head.caller,
        head.surface,
        head.operation,
        head.asked,
        candidate,
        last ? head.outcome : outcome(own),
        failure.code(),
        failure.cause(),
        (flags & EntryWriter.STREAMED) != 0,
        (flags & EntryWriter.DELIVERED) != 0,
        usage,
        (flags & EntryWriter.ESTIMATED) != 0,
        OptionalLong.empty(),
        latency,
        optional(firstToken),
        dropped(in),
        Optional.empty());
  }

  /** The client left while an attempt ran beside the last one, or had responded. */
  private static Outcome outcome(Failure own) {
    return own.code().equals(CLIENT_LEFT) ? Outcome.CANCELLED : Outcome.FAILED;
  }

  private static Usage plainUsage(EntryBuffer in) {
    return new Usage(in.number(), in.number(), in.number(), 0, in.number());
  }

  private static Usage usage(EntryBuffer in, int version) {
    long input = in.number();
    long output = in.number();
    long cached = in.number();
    long reasoning = in.number();
    return new Usage(
        input,
        output,
        cached,
        in.number(),
        reasoning,
        in.number(),
        in.number(),
        in.number(),
        in.text(),
        version == 1 ? OptionalLong.empty() : optional(in.number()));
  }

  private static OptionalLong optional(long oneMore) {
    return oneMore == 0 ? OptionalLong.empty() : OptionalLong.of(oneMore - 1);
  }

  private static List<String> dropped(EntryBuffer in) {
    int count = in.small();
    List<String> dropped = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      dropped.add(in.text());
    }
    return dropped;
  }
}
