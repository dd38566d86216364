package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.tokens.RoughEstimates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call as the journal keeps it: all its attempts in one piece, so that a crash leaves all of it
 * or nothing. Pure. Written on an event loop, so without anything that takes long; prices and
 * estimates that take long are put in later, by {@link UsagePricing}.
 */
final class EntryCodec {
  private static final int VERSION = 1;
  private static final int LONGEST_CODE = 64;
  private static final int MOST_DROPPED = 32;
  private static final int STREAMED = 1;
  private static final int DELIVERED = 2;
  private static final int ESTIMATED = 4;
  private static final int PLAIN = 8;
  private static final Candidate NOBODY = new Candidate("", "");
  private static final Usage NOTHING = Usage.of(0, 0);

  private EntryCodec() {}

  /** Packs a call that has ended. */
  static EntryBuffer of(Call call, long nowMillis) {
    EntryBuffer out = new EntryBuffer();
    out.number(VERSION);
    out.text(call.requestId(), LONGEST_CODE);
    out.number(nowMillis - call.elapsedNanos() / 1_000_000);
    Caller caller = call.caller();
    out.text(caller.tenant(), UsageRecord.MAX_NAME_LENGTH);
    out.text(caller.key(), UsageRecord.MAX_NAME_LENGTH);
    out.text(caller.session(), UsageRecord.MAX_NAME_LENGTH);
    out.text(caller.taskType(), UsageRecord.MAX_NAME_LENGTH);
    out.text(call.request().dialect(), LONGEST_CODE);
    out.number(call.request().operation().ordinal());
    out.text(call.request().model(), UsageRecord.MAX_NAME_LENGTH);
    out.number(call.outcome().orElse(Outcome.FAILED).ordinal());
    out.number(micros(call.elapsedNanos()));
    problem(out, call.problem());
    List<Attempt> attempts = call.attempts();
    out.number(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      attempt(out, call, attempts.get(i), i == attempts.size() - 1);
    }
    return out;
  }

  private static void attempt(EntryBuffer out, Call call, Attempt attempt, boolean last) {
    Candidate who = attempt.candidate();
    out.text(who.provider(), UsageRecord.MAX_NAME_LENGTH);
    out.text(who.model(), UsageRecord.MAX_NAME_LENGTH);
    out.number(micros(attempt.startNanos() - call.startNanos()));
    out.number(micros(attempt.endNanos() - attempt.startNanos()));
    boolean began = attempt.firstTokenNanos() != 0;
    out.number(began ? 1 + micros(attempt.firstTokenNanos() - attempt.startNanos()) : 0);
    problem(out, attempt.problem());
    boolean answered = call.outcome().orElse(Outcome.FAILED) == Outcome.ANSWERED;
    boolean delivered = last && (answered || call.streaming());
    Usage usage = attempt.usage().orElse(null);
    boolean cutShort = delivered && !answered && usage != null && attempt.pieces() > usage.output();
    Operation operation = attempt.operation(); // what else there is is not counted in tokens
    boolean inTokens = operation == Operation.CHAT || operation == Operation.EMBEDDINGS;
    boolean estimated = cutShort || (usage == null && began && inTokens);
    Usage told = usage == null ? NOTHING : usage;
    if (cutShort) {
      told = RoughEstimates.ofInterruptedStream(told, attempt.pieces());
    } else if (estimated) {
      told = RoughEstimates.fromSizes(call.request(), attempt.pieces());
    }
    usage(out, told, flags(last && call.streaming(), delivered, estimated));
    List<String> dropped = attempt.dropped();
    int named = Math.min(dropped.size(), MOST_DROPPED);
    out.number(named);
    for (int i = 0; i < named; i++) {
      out.text(dropped.get(i), LONGEST_CODE);
    }
  }

  private static int flags(boolean streamed, boolean delivered, boolean estimated) {
    return (streamed ? STREAMED : 0) | (delivered ? DELIVERED : 0) | (estimated ? ESTIMATED : 0);
  }

  private static void usage(EntryBuffer out, Usage usage, int flags) {
    boolean plain =
        (usage.cacheWritten() | usage.cacheWrittenHour() | usage.audioInput() | usage.audioOutput())
                == 0
            && usage.tier().isEmpty();
    out.number(plain ? flags | PLAIN : flags);
    out.number(usage.input());
    out.number(usage.output());
    out.number(usage.cached());
    out.number(usage.reasoning());
    if (!plain) {
      out.number(usage.cacheWritten());
      out.number(usage.cacheWrittenHour());
      out.number(usage.audioInput());
      out.number(usage.audioOutput());
      out.text(usage.tier(), LONGEST_CODE);
    }
  }

  private static void problem(EntryBuffer out, Optional<GatewayProblem> problem) {
    out.text(problem.isPresent() ? problem.get().code() : "", LONGEST_CODE);
  }

  private static long micros(long nanos) {
    return nanos / 1000;
  }

  /**
   * Unpacks the rows of a call, without prices.
   *
   * @throws RuntimeException if the bytes are not an entry of this version
   */
  static List<UsageRecord> read(byte[] bytes) {
    EntryBuffer in = EntryBuffer.of(bytes);
    if (in.number() != VERSION) {
      throw new IllegalStateException("an entry of another version");
    }
    Head head = head(in);
    int attempts = in.small();
    List<UsageRecord> rows = new ArrayList<>(Math.max(1, attempts));
    for (int i = 1; i <= attempts; i++) {
      rows.add(attempt(in, head, i, i == attempts));
    }
    if (attempts == 0) {
      rows.add(unasked(head));
    }
    return rows;
  }

  /** What all rows of a call share, and how it ended. */
  private record Head(
      String requestId,
      long timeMillis,
      Caller caller,
      String surface,
      Operation operation,
      String asked,
      Outcome outcome,
      long latencyMicros,
      Optional<String> problem) {}

  private static Head head(EntryBuffer in) {
    return new Head(
        in.text(),
        in.number(),
        new Caller(in.text(), in.text(), in.text(), in.text()),
        in.text(),
        Operation.values()[in.small()],
        in.text(),
        Outcome.values()[in.small()],
        in.number(),
        code(in));
  }

  private static Optional<String> code(EntryBuffer in) {
    String code = in.text();
    return code.isEmpty() ? Optional.empty() : Optional.of(code);
  }

  private static UsageRecord unasked(Head head) {
    return new UsageRecord(
        head.requestId,
        0,
        true,
        head.timeMillis,
        head.caller,
        head.surface,
        head.operation,
        head.asked,
        NOBODY,
        head.outcome,
        head.problem,
        false,
        false,
        NOTHING,
        false,
        OptionalLong.empty(),
        head.latencyMicros,
        OptionalLong.empty(),
        List.of());
  }

  private static UsageRecord attempt(EntryBuffer in, Head head, int number, boolean last) {
    Candidate who = new Candidate(in.text(), in.text());
    long startMicros = in.number();
    long latency = in.number();
    long firstToken = in.number();
    Optional<String> problem = code(in);
    int flags = in.small();
    Usage usage = usage(in, (flags & PLAIN) != 0);
    return new UsageRecord(
        head.requestId,
        number,
        last,
        head.timeMillis + startMicros / 1000,
        head.caller,
        head.surface,
        head.operation,
        head.asked,
        who,
        last ? head.outcome : Outcome.FAILED,
        last ? problem.or(head::problem) : problem,
        (flags & STREAMED) != 0,
        (flags & DELIVERED) != 0,
        usage,
        (flags & ESTIMATED) != 0,
        OptionalLong.empty(),
        latency,
        firstToken == 0 ? OptionalLong.empty() : OptionalLong.of(firstToken - 1),
        dropped(in));
  }

  private static Usage usage(EntryBuffer in, boolean plain) {
    long input = in.number();
    long output = in.number();
    long cached = in.number();
    long reasoning = in.number();
    return plain
        ? new Usage(input, output, cached, 0, reasoning)
        : new Usage(
            input,
            output,
            cached,
            in.number(),
            reasoning,
            in.number(),
            in.number(),
            in.number(),
            in.text());
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
