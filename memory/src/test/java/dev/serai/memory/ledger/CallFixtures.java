package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Attempt.UncountedText;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.core.surface.Surface;
import dev.serai.core.time.Ticker;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Calls that have ended, as event loops settle them. */
public final class CallFixtures {
  public static final long NOW = 1_795_253_400_000L; // 2026-11-21T09:30:00Z
  public static final Candidate GPT = new Candidate("openai", "gpt-5-mini");
  public static final Candidate CLAUDE = new Candidate("anthropic", "claude-sonnet-4-5");

  /** Input tokens whose cost cannot be computed. */
  static final long UNPAYABLE = 987_654_321;

  private static final AtomicLong COUNT = new AtomicLong();

  private CallFixtures() {}

  /** A request id like those of the edge: it begins with a time. */
  public static String id(long millis) {
    String random = Long.toHexString(0x1000_0000_0000_0000L | COUNT.incrementAndGet());
    return UsageQueries.prefix(millis) + "0000" + random;
  }

  public static Call answered(String id, Usage usage) {
    Call call = begun(id, "gpt-5-mini");
    call.beginAttempt(GPT);
    call.recordToken();
    call.current().recordUsage(usage);
    call.end(Outcome.ANSWERED, Optional.empty());
    return call;
  }

  public static Call failedOver(String id, Usage usage) {
    Call call = begun(id, "fast");
    call.beginAttempt(GPT);
    call.failAttempt(ProviderProblem.of("openai", FailureCause.OVERLOADED, 503).build());
    Attempt second = call.beginAttempt(CLAUDE);
    second.recordDropped(List.of("seed", "logprobs"));
    call.recordToken();
    second.recordUsage(usage);
    call.end(Outcome.ANSWERED, Optional.empty());
    return call;
  }

  /** A call that its provider refused with that code. */
  static Call refused(String id, String code) {
    Call call = begun(id, "gpt-5-mini");
    call.beginAttempt(GPT);
    ProviderProblem problem =
        ProviderProblem.of("openai", FailureCause.REFUSED, 400).code(code).build();
    call.failAttempt(problem);
    call.end(Outcome.FAILED, Optional.of(problem));
    return call;
  }

  static Call unknownModel(String id) {
    Call call = begun(id, "nonsense");
    call.end(Outcome.FAILED, Optional.of(CallerProblem.unknownModel("nonsense")));
    return call;
  }

  /** A stream that its client cancelled after so many pieces. */
  public static Call left(String id, Optional<Usage> counted, int pieces) {
    Call call = begun(id, "gpt-5-mini");
    call.beginAttempt(GPT);
    call.markStreaming();
    for (int i = 0; i < pieces; i++) {
      call.observe(new ChatEvent.TextDelta(0, "word "));
    }
    counted.ifPresent(usage -> call.observe(new ChatEvent.UsageReported(usage)));
    call.end(Outcome.CANCELLED, Optional.empty());
    return call;
  }

  static Call uncounted(String id, String question, String response) {
    Call call = begun(id, question);
    call.beginAttempt(GPT);
    call.recordToken();
    call.current().recordUncounted(new UncountedText(() -> response, response.length()));
    call.end(Outcome.ANSWERED, Optional.empty());
    return call;
  }

  /** A call of the model fast, of which GPT was chosen as this decision says. */
  static Call decided(String id, Decision decision) {
    return decided(id, decision, Usage.of(10, 5));
  }

  static Call decided(String id, Decision decision, Usage usage) {
    return planned(
        id,
        new Plan(
            "fast",
            List.of(GPT, CLAUDE),
            "alias fast",
            AttemptRules.DEFAULT,
            Optional.of(decision)),
        usage);
  }

  /** A call of the model fast with this plan, which GPT has answered. */
  static Call planned(String id, Plan plan) {
    return planned(id, plan, Usage.of(10, 5));
  }

  private static Call planned(String id, Plan plan, Usage usage) {
    Call call = begun(id, "fast");
    call.setPlan(plan);
    call.beginAttempt(GPT);
    call.recordToken();
    call.current().recordUsage(usage);
    call.end(Outcome.ANSWERED, Optional.empty());
    return call;
  }

  /** A decision for GPT. */
  static Decision decision(String strategy, Optional<Draw> draw, double propensity) {
    return new Decision(
        strategy,
        Decision.Source.ALIAS,
        Decision.Choice.PRIMARY,
        List.of(GPT, CLAUDE),
        draw,
        () -> propensity);
  }

  /** A caller of the team web and the user ann. */
  static Caller caller(String tenant, Set<String> ofKey, Set<String> ofCall) {
    Identity identity =
        new Identity(tenant, "web", "ann", "k", Set.of(), AllowList.ALL, AllowList.ALL, ofKey);
    return new Caller(identity, "s", "t", ofCall);
  }

  public static Call begun(String id, String text) {
    return new Call(id, new Asked(text, "openai"), surface(), Ticker.SYSTEM);
  }

  /** A call whose request has the messages of a session before it. */
  static Call recalled(String id) {
    Call call = begun(id, "gpt-5-mini");
    call.recall(new Asked("gpt-5-mini", "session"));
    return call;
  }

  /** A surface that no test uses. */
  private static Surface surface() {
    return (Surface)
        Proxy.newProxyInstance(
            CallFixtures.class.getClassLoader(),
            new Class<?>[] {Surface.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException();
            });
  }

  /** A request with one message; its text is the model's name too. */
  private record Asked(String text, String dialect) implements ChatRequest {
    @Override
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String model() {
      return text;
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public Conversation conversation() {
      return new Conversation(
          List.of(
              Conversation.Message.of(
                  Conversation.Role.USER, List.of(new Conversation.TextPart(text)))),
          List.of(),
          new Conversation.ToolChoice.Unset(Optional.empty()),
          new Conversation.ResponseFormat.Unset(),
          Conversation.Sampling.UNSET,
          Map.of());
    }
  }

  /** Every token costs a nano dollar, but the price of Claude is unknown. */
  public static final class Prices implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of();
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      if (usage.input() == UNPAYABLE) {
        throw new ArithmeticException("long overflow");
      }
      return candidate.equals(CLAUDE)
          ? OptionalLong.empty()
          : OptionalLong.of(usage.input() + usage.output());
    }
  }
}
