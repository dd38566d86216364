package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.usage.UsageRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Packs a call that has ended into one journal entry with all its attempts, so that a crash loses
 * all of the call or nothing. {@link EntryReader} reads it. Pure. It packs on an event loop, so it
 * does nothing slow: {@link UsagePricing} adds prices and better estimates later.
 */
final class EntryWriter {
  /**
   * Version 1 has neither client's request IDs nor reported costs; version 2 has no team, user and
   * tags; version 3 has no decision; version 4 has no experiment.
   */
  static final int VERSION = 5;

  static final int MAX_CODE = 64;
  static final int MAX_CLIENT_ID = 128;
  static final char BAR = '|';
  static final int STREAMED = 1;
  static final int DELIVERED = 2;
  static final int ESTIMATED = 4;
  static final int PLAIN = 8;
  static final Usage NO_USAGE = Usage.of(0, 0);

  /** The highest count of tokens that is stored; no real call has so many. */
  private static final long MAX_TOKENS = 1L << 40;

  private static final int MAX_DROPPED = 32;

  private EntryWriter() {}

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
}
