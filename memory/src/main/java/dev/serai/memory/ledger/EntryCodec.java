package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.usage.UsageRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Packs a call that has ended into one journal entry with all its attempts, so that a crash loses
 * all of the call or nothing, and reads entries back as rows. Pure. It packs on an event loop, so
 * it does nothing slow: {@link UsagePricing} adds prices and better estimates later.
 */
final class EntryCodec {
  /**
   * Version 1 has neither client's request IDs nor reported costs; version 2 has no team, user and
   * tags; version 3 has no decision; version 4 has no experiment.
   */
  private static final int VERSION = 5;

  static final int MAX_CODE = 64;
  static final int MAX_CLIENT_ID = 128;
  private static final char BAR = '|';
  private static final Set<String> LABELS =
      Arrays.stream(FailureCause.values())
          .map(FailureCause::label)
          .collect(Collectors.toUnmodifiableSet());

  /** The highest count of tokens that is stored; no real call has so many. */
  private static final long MAX_TOKENS = 1L << 40;

  private static final int MAX_DROPPED = 32;
  private static final int STREAMED = 1;
  private static final int DELIVERED = 2;
  private static final int ESTIMATED = 4;
  private static final int PLAIN = 8;
  private static final Candidate NO_CANDIDATE = new Candidate("", "");
  private static final Usage NO_USAGE = Usage.of(0, 0);

  private EntryCodec() {}

  /**
   * Packs a call that has ended.
   *
   * @param timeMillis its time
   */
  static EntryBuffer of(Call call, long timeMillis) {
    EntryBuffer out = new EntryBuffer();
    out.number(VERSION);
    out.text(call.requestId(), MAX_CODE);
    out.text(clientRequestId(call), MAX_CLIENT_ID);
    out.number(timeMillis);
    CallerCodec.write(out, call.caller(), UsageRecord.MAX_NAME_LENGTH);
    CallerCodec.write(out, CallerCodec.tags(call.caller()));
    out.text(call.asked().dialect(), MAX_CODE);
    out.number(StoredCodes.of(operation(call)));
    out.text(KeyForms.redacted(call.request().model()), UsageRecord.MAX_NAME_LENGTH);
    out.number(StoredCodes.of(call.outcome().orElse(Outcome.FAILED)));
    out.number(micros(call.elapsedNanos()));
    problem(out, call.problem());
    List<Attempt> attempts = call.attempts();
    out.number(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      attempt(out, call, attempts.get(i), i == attempts.size() - 1);
    }
    if (call.hasPlan()) {
      DecisionCodec.write(out, call.plan());
    } else {
      out.number(0);
    }
    return out;
  }

  static Operation operation(Call call) {
    return isShadow(call) ? Operation.SHADOW : call.request().operation();
  }

  private static boolean isShadow(Call call) {
    return call.assigned().filter(AssignedModel::shadow).isPresent();
  }

  /**
   * The ID that the client gave its request; empty if it gave none that is well formed, and for a
   * copy of the call.
   */
  static String clientRequestId(Call call) {
    Optional<String> id = call.clientHeaders().first("x-request-id");
    return id.isPresent() && !isShadow(call) && HeaderRules.isRequestId(id.get()) ? id.get() : "";
  }

  private static void attempt(EntryBuffer out, Call call, Attempt attempt, boolean last) {
    Candidate candidate = attempt.candidate();
    out.text(candidate.provider(), UsageRecord.MAX_NAME_LENGTH);
    out.text(candidate.model(), UsageRecord.MAX_NAME_LENGTH);
    out.number(micros(attempt.startNanos() - call.startNanos()));
    out.number(micros(attempt.endNanos() - attempt.startNanos()));
    boolean began = attempt.firstTokenNanos() != 0;
    out.number(began ? 1 + micros(attempt.firstTokenNanos() - attempt.startNanos()) : 0);
    problem(out, attempt.problem());
    boolean answered = call.outcome().orElse(Outcome.FAILED) == Outcome.ANSWERED;
    boolean overtaken = HedgedAttempts.isCharged(attempt, call);
    boolean delivered = last && call.isCharged() || overtaken;
    Optional<Usage> usage = attempt.usage();
    Usage recorded = usage.orElse(NO_USAGE);
    boolean interrupted =
        delivered
            && (overtaken || !answered)
            && usage.isPresent()
            && attempt.pieces() > recorded.output();
    Operation operation = attempt.operation(); // other operations have no tokens
    boolean inTokens = operation == Operation.CHAT || operation == Operation.EMBEDDINGS;
    boolean estimated = interrupted || (usage.isEmpty() && (began || overtaken) && inTokens);
    if (interrupted) {
      recorded = RoughEstimates.ofInterruptedStream(recorded, attempt.pieces());
    } else if (estimated) {
      recorded = RoughEstimates.fromSizes(call.request(), attempt.pieces());
    }
    usage(out, recorded, flags(last && call.streaming(), delivered, estimated));
    List<String> dropped = attempt.dropped();
    int named = Math.min(dropped.size(), MAX_DROPPED);
    out.number(named);
    for (int i = 0; i < named; i++) {
      out.text(dropped.get(i), MAX_CODE);
    }
  }

  private static int flags(boolean streamed, boolean delivered, boolean estimated) {
    return (streamed ? STREAMED : 0) | (delivered ? DELIVERED : 0) | (estimated ? ESTIMATED : 0);
  }

  private static void usage(EntryBuffer out, Usage usage, int flags) {
    boolean plain = isPlain(usage);
    out.number(plain ? flags | PLAIN : flags);
    tokens(out, usage.input());
    tokens(out, usage.output());
    tokens(out, usage.cached());
    tokens(out, usage.reasoning());
    if (!plain) {
      tokens(out, usage.cacheWritten());
      tokens(out, usage.cacheWrittenHour());
      tokens(out, usage.audioInput());
      tokens(out, usage.audioOutput());
      out.text(usage.tier(), MAX_CODE);
      OptionalLong cost = usage.reportedNanoUsd();
      out.number(cost.isPresent() ? 1 + cost.getAsLong() : 0);
    }
  }

  private static void tokens(EntryBuffer out, long count) {
    out.number(Math.min(count, MAX_TOKENS));
  }

  private static boolean isPlain(Usage usage) {
    long further =
        usage.cacheWritten() | usage.cacheWrittenHour() | usage.audioInput() | usage.audioOutput();
    return further == 0 && usage.tier().isEmpty() && usage.reportedNanoUsd().isEmpty();
  }

  /** The code, and after a bar the cause if the provider failed. */
  private static void problem(EntryBuffer out, Optional<GatewayProblem> problem) {
    String code = problem.isPresent() ? problem.get().code() : "";
    if (problem.isPresent() && problem.get() instanceof ProviderProblem failed) {
      String clipped = code.substring(0, Math.min(code.length(), MAX_CODE));
      out.text(clipped + BAR + failed.failureCause().label(), MAX_CODE + MAX_CODE);
    } else {
      out.text(code, MAX_CODE);
    }
  }

  private static long micros(long nanos) {
    return nanos / 1000;
  }

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
    return version >= 1 && version <= VERSION;
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
      int bar = text.lastIndexOf(BAR);
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
        NO_USAGE,
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
    Usage usage = (flags & PLAIN) != 0 ? plainUsage(in) : usage(in, head.version);
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
        last ? head.outcome : Outcome.FAILED,
        failure.code(),
        failure.cause(),
        (flags & STREAMED) != 0,
        (flags & DELIVERED) != 0,
        usage,
        (flags & ESTIMATED) != 0,
        OptionalLong.empty(),
        latency,
        optional(firstToken),
        dropped(in),
        Optional.empty());
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
