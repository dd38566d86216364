package dev.serai.core.call;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.limit.Hold;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.key.KeyRef;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One try at one candidate. Confined to the thread that carries the call; listeners read it after
 * the call has ended.
 */
public final class Attempt {

  private final Candidate candidate;
  private final Operation operation;
  private final long startNanos;
  private final AttemptHolds holds = new AttemptHolds(this);
  private long readyNanos;
  private long firstTokenNanos;
  private long endNanos;
  private @Nullable Usage usage;
  private @Nullable FinishReason finish;
  private @Nullable GatewayProblem problem;
  private @Nullable String responseModel;
  private @Nullable UncountedText uncounted;
  private List<String> dropped = List.of();
  private @Nullable KeyRef key;
  private @Nullable Dialect dialect;
  private @Nullable Destination destination;
  private int pieces;
  private long receivedBytes;
  private int providerStatus;
  private Headers providerHeaders = Headers.NONE;
  private boolean repeated;
  private boolean probes;
  private boolean estimated;
  private boolean cached;
  private boolean hedge;
  private boolean branch;
  private @Nullable AttemptCarrier carrier;
  private @Nullable BooleanSupplier forgetCredentials;
  private DeadlineOverrides deadlines = DeadlineOverrides.NONE;
  private boolean congested;

  /**
   * The text of a response that came without a token count.
   *
   * @param text supplies it; called at most once, on any thread, after the call has ended
   * @param bytes how many bytes the supplier holds
   */
  public record UncountedText(Supplier<String> text, int bytes) {}

  Attempt(Candidate candidate, Operation operation, long startNanos) {
    this.candidate = candidate;
    this.operation = operation;
    this.startNanos = startNanos;
    this.readyNanos = startNanos;
  }

  public Candidate candidate() {
    return candidate;
  }

  /** What the attempt asks of the model. */
  public Operation operation() {
    return operation;
  }

  /** Keeps what this attempt is written for. */
  public void chose(Dialect chosen, Destination sentTo) {
    dialect = chosen;
    destination = sentTo;
  }

  /**
   * The dialect that this attempt is written and read in.
   *
   * @throws IllegalStateException if no request has been written: the routes are in the wrong order
   */
  public Dialect dialect() {
    if (dialect == null) {
      throw new IllegalStateException("no dialect yet: write-provider-request comes first");
    }
    return dialect;
  }

  /**
   * The provider, its model and its key that this attempt is sent to.
   *
   * @throws IllegalStateException if no request has been written: the routes are in the wrong order
   */
  public Destination destination() {
    if (destination == null) {
      throw new IllegalStateException("no destination yet: write-provider-request comes first");
    }
    return destination;
  }

  /** The deadlines of the model or of the alias, which replace those of all providers. */
  public DeadlineOverrides deadlines() {
    return deadlines;
  }

  public void recordDeadlines(DeadlineOverrides limits) {
    deadlines = limits;
  }

  /** The provider key used; empty for a provider without keys. */
  public Optional<KeyRef> key() {
    return Optional.ofNullable(key);
  }

  public void recordKey(KeyRef used) {
    key = used;
  }

  /**
   * The request was signed.
   *
   * @param forget forgets the credentials, and tells whether there are others
   */
  public void recordSigned(BooleanSupplier forget) {
    forgetCredentials = forget;
  }

  /** Whether the request was signed, with credentials that are not a provider key. */
  public boolean isSigned() {
    return forgetCredentials != null;
  }

  /** Forgets rejected credentials of a signed request; whether another attempt has others. */
  public boolean forgetCredentials() {
    return forgetCredentials != null && forgetCredentials.getAsBoolean();
  }

  /** The HTTP status of the provider's reply; 0 while there is none. */
  public int providerStatus() {
    return providerStatus;
  }

  /** The header fields of the provider's reply; none while there is no reply. */
  public Headers providerHeaders() {
    return providerHeaders;
  }

  public void recordProviderReply(int status, Headers headers) {
    providerStatus = status;
    providerHeaders = headers;
  }

  /** Whether the next attempt tries the same candidate at once: see {@link #markRepeated}. */
  public boolean repeated() {
    return repeated;
  }

  /** The next attempt tries the same candidate at once: with another key, token or connection. */
  public void markRepeated() {
    repeated = true;
  }

  /**
   * Whether it may be sent although its circuit breaker is open: those of all candidates of the
   * call are.
   */
  public boolean probes() {
    return probes;
  }

  /** Lets it be sent as an early probe, if its circuit breaker admits one. */
  public void markProbe() {
    probes = true;
  }

  /** Whether Serai has estimated the reply: no provider was called. */
  public boolean estimated() {
    return estimated;
  }

  public void markEstimated() {
    estimated = true;
  }

  /** Whether it was begun beside another attempt: see {@link HedgedAttempts}. */
  public boolean isHedge() {
    return hedge;
  }

  void markHedge() {
    hedge = true;
  }

  /** Whether it was begun together with others: see {@link FanOutAttempts}. */
  public boolean isBranch() {
    return branch;
  }

  void markBranch() {
    branch = true;
  }

  /** Whether other attempts of the call run beside it, which decide what follows its failure. */
  public boolean runsBeside() {
    return hedge || branch;
  }

  /** What sends it; empty before. */
  public Optional<AttemptCarrier> carrier() {
    return Optional.ofNullable(carrier);
  }

  public void recordCarrier(AttemptCarrier sending) {
    carrier = sending;
  }

  public long startNanos() {
    return startNanos;
  }

  /**
   * Ticker time from which it could be sent: its start, or the end of its wait for capacity. The
   * latency of the provider counts from here.
   */
  public long readyNanos() {
    return readyNanos;
  }

  /** The attempt has waited for capacity until now. */
  public void recordWait(long nanos) {
    readyNanos = nanos;
  }

  /** Ticker time of the first token of a stream, or of a non-streaming response; 0 if none came. */
  public long firstTokenNanos() {
    return firstTokenNanos;
  }

  /** Ticker time of its end; 0 while it runs. */
  public long endNanos() {
    return endNanos;
  }

  /** The provider's token count; empty if it reported none. */
  public Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /**
   * How many pieces of a stream carried a token: an estimate of the tokens if nothing else counts
   * them.
   */
  public int pieces() {
    return pieces;
  }

  void recordPiece() {
    pieces++;
  }

  /** How many bytes of a reply's body arrived; 0 if they are not counted. */
  public long receivedBytes() {
    return receivedBytes;
  }

  public void recordReceived(int bytes) {
    receivedBytes += bytes;
  }

  /** The text of a non-streaming response without a token count. */
  public Optional<UncountedText> uncountedText() {
    return Optional.ofNullable(uncounted);
  }

  /** A non-streaming response came without a token count. */
  public void recordUncounted(UncountedText text) {
    uncounted = text;
  }

  public Optional<FinishReason> finish() {
    return Optional.ofNullable(finish);
  }

  /** The model that the response names; empty if it was not read. */
  public Optional<String> responseModel() {
    return Optional.ofNullable(responseModel);
  }

  public void recordResponseModel(String name) {
    responseModel = name;
  }

  /** Why it failed; empty if it did not fail. */
  public Optional<GatewayProblem> problem() {
    return Optional.ofNullable(problem);
  }

  /** The same if it is a problem of the provider. */
  public Optional<ProviderProblem> providerProblem() {
    return problem instanceof ProviderProblem ofProvider
        ? Optional.of(ofProvider)
        : Optional.empty();
  }

  /**
   * Fields that translation dropped: of the request by the surface's names, of the response by the
   * provider's.
   */
  public List<String> dropped() {
    return dropped;
  }

  public void recordDropped(List<String> fields) {
    dropped = fields;
  }

  /** Adds fields that the translation of the response dropped. */
  public void addDropped(List<String> fields) {
    if (fields.isEmpty()) {
      return;
    }
    Set<String> all = new LinkedHashSet<>(dropped);
    all.addAll(fields);
    dropped = List.copyOf(all);
  }

  public void recordFirstToken(long nanos) {
    if (firstTokenNanos == 0) {
      firstTokenNanos = nanos;
    }
  }

  public void recordUsage(Usage counted) {
    if (!cached) {
      usage = counted;
    }
  }

  /**
   * No provider is asked, because the response is a stored one: it uses no tokens and costs
   * nothing.
   */
  public void markCached() {
    recordUsage(Usage.NONE.withReportedCost(0));
    cached = true;
  }

  public void recordFinish(FinishReason reason) {
    finish = reason;
  }

  public void recordProblem(GatewayProblem why) {
    problem = why;
  }

  /** Settles {@code taken} when this attempt ends, in order; at once if it has ended. */
  public void hold(Hold taken) {
    holds.add(taken);
  }

  /** Whether so many others wait for the provider that the client should slow down. */
  public boolean congested() {
    return congested;
  }

  public void markCongested() {
    congested = true;
  }

  void end(long nanos) {
    if (endNanos == 0) {
      endNanos = nanos;
      holds.settle();
    }
  }
}
