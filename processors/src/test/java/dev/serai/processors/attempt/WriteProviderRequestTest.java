package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.RequestDeadlines;
import dev.serai.core.privacy.UnmaskedRequest;
import dev.serai.core.privacy.policy.PrivacyAction;
import dev.serai.core.privacy.policy.PrivacyPolicies;
import dev.serai.core.privacy.policy.PrivacyPolicy;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.privacy.PrivacyRules;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.LoopDetector;
import dev.serai.processors.support.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class WriteProviderRequestTest {
  private final CallFixtures fixtures = new CallFixtures();
  private final Exchange exchange = fixtures.exchangeFor("m");
  private final Call call = Calls.of(exchange);
  private final Providers providers = new Providers();
  private final ProviderKeys keys =
      new ProviderKeys(name -> List.of("secret"), fixtures.clock::get);
  private Map<String, Map<String, String>> headers = Map.of();
  private final Words second = new Words("second", Optional.empty(), List.of());
  private final Words first = new Words("first", Optional.of(second), List.of());
  private Map<Candidate, Map<String, String>> headersOfModel = Map.of();
  private Map<String, String> headersOfAlias = Map.of();
  private ModelParameters parameters = ModelParameters.NONE;
  private List<Candidate> more = List.of();
  private DeadlineOverrides deadlinesOfModel = DeadlineOverrides.NONE;
  private DeadlineOverrides deadlinesOfAlias = DeadlineOverrides.NONE;
  private final Map<String, Dialect> dialects = Map.of("first", first, "second", second);

  private PrivacyPolicies privacy = PrivacyPolicies.OFF;

  @Test
  void theAttemptKeepsTheDialectThatTheProvidersDialectChose() {
    configure("first");
    write(dialects, false);
    assertThat(call.current().dialect()).isSameAs(second);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).path()).isEqualTo("/second");
  }

  @Test
  void theAttemptKeepsItsDestinationWithTheKey() {
    configure("second");
    write(dialects, false);
    Destination destination = call.current().destination();
    assertThat(destination.provider().name()).isEqualTo("p");
    assertThat(destination.model()).isEqualTo("m");
    assertThat(destination.key()).contains("secret");
    assertThat(call.current().key()).isPresent();
  }

  @Test
  void beforeARequestIsWrittenThereIsNoDialect() {
    call.beginAttempt(new Candidate("p", "m"));
    assertThatThrownBy(() -> call.current().dialect()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProviderThatHasLeftIsUnreachable() {
    assertThatThrownBy(() -> write(dialects, false))
        .isInstanceOf(ProviderProblem.class)
        .hasMessageContaining("'p' is not configured");
  }

  @Test
  void anUnregisteredDialectIsAMistakeOfTheGateway() {
    configure("third");
    assertThatThrownBy(() -> write(dialects, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("third");
  }

  @Test
  void strictRefusesARequestThatTheDialectCannotExpress() {
    configure("third");
    Map<String, Dialect> lossy =
        Map.of("third", new Words("third", Optional.empty(), List.of("top_k")));
    assertThatThrownBy(() -> write(lossy, true))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("top_k");
    write(lossy, false);
    assertThat(call.current().dropped()).containsExactly("top_k");
  }

  @Test
  void aRequestThatMustBeSearchedCannotBeSentAsItIs() {
    configure("second");
    write(dialects, false);
    assertThat(exchange.getMessage().getBody()).isInstanceOf(ProviderRequest.class);
    PrivacyPolicy masks = new PrivacyPolicy(PrivacyAction.MASK, PrivacyPolicy.OFF.detector());
    privacy = new PrivacyPolicies(masks, Map.of("other", PrivacyPolicy.OFF));
    write(dialects, false);
    assertThat(exchange.getMessage().getBody()).isInstanceOf(UnmaskedRequest.class);
  }

  @Test
  void theClientsFieldsOnTheAllowListAreForwarded() {
    configure("second");
    call.setClientHeaders(
        new HeaderFields()
            .add("Idempotency-Key", "i-1")
            .add("X-Request-ID", "mine-1")
            .add("X-Beta", "b")
            .add("authorization", "Bearer caller")
            .add("x-other", "o")
            .add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .add("tracestate", "a=b"));
    write(dialects, false);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).headers())
        .hasToString(
            "[x-beta, idempotency-key, x-request-id, x-serai-via, traceparent, tracestate]");
  }

  @Test
  void aRequestNamesTheGatewaysThatItHasPassed() {
    configure("second");
    write(dialects, false);
    assertThat(via()).contains("here");
    call.setClientHeaders(new HeaderFields().add("x-serai-via", "there"));
    write(dialects, false);
    assertThat(via()).contains("there,here");
  }

  private Optional<String> via() {
    return exchange.getMessage().getBody(ProviderRequest.class).headers().first(LoopDetector.FIELD);
  }

  @Test
  void aMalformedRequestIdIsNotForwarded() {
    configure("second");
    call.setClientHeaders(new HeaderFields().add("x-request-id", "a b"));
    write(dialects, false);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).headers().first("x-request-id"))
        .isEmpty();
  }

  @Test
  void theOperatorsFieldsReplaceAllOthersAndTheSettingsThoseOfTheRoute() {
    providers.add(
        new ProviderProfile(
            "p",
            "second",
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            List.of(),
            Optional.empty(),
            Map.of("x-team", "route", "x-region", "eu")));
    headers = Map.of("p", Map.of("X-Team", "settings", "x-beta", "operator"));
    call.setClientHeaders(new HeaderFields().add("x-beta", "client"));
    write(dialects, false);
    HeaderFields sent = exchange.getMessage().getBody(ProviderRequest.class).headers();
    assertThat(sent.first("x-team")).contains("settings");
    assertThat(sent.first("x-region")).contains("eu");
    assertThat(sent.first("x-beta")).contains("operator");
  }

  @Test
  void theFieldsOfAModelComeBeforeThoseOfItsProvider() {
    configure("second");
    headers = Map.of("p", Map.of("x-team", "provider", "x-region", "eu"));
    headersOfModel = Map.of(new Candidate("p", "m"), Map.of("x-team", "model"));
    headersOfAlias = Map.of("x-alias", "fast");
    write(dialects, false);
    HeaderFields sent = exchange.getMessage().getBody(ProviderRequest.class).headers();
    assertThat(sent.first("x-team")).contains("model");
    assertThat(sent.first("x-region")).contains("eu");
    assertThat(sent.first("x-alias")).contains("fast");
    assertThat(call.current().destination().secrets()).contains("model", "fast");

    headersOfAlias = Map.of("x-team", "alias");
    write(dialects, false);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).headers().first("x-team"))
        .contains("alias");
  }

  @Test
  void theParametersOfAModelAreWrittenByTheDialectOfTheAttempt() {
    configure("first");
    parameters =
        new ModelParameters(
            DefaultParameters.NONE, Optional.empty(), Map.of("top_k", "40"), Set.of());
    write(dialects, false);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).body())
        .asString()
        .isEqualTo("second{top_k=40}");
  }

  @Test
  void theDestinationKnowsEverySecretThatTheProviderMayQuote() {
    providers.add(
        new ProviderProfile(
            "p",
            "second",
            Optional.empty(),
            Optional.of("KEY"),
            Set.of(),
            List.of(),
            Optional.empty(),
            Map.of("x-region", "of-the-route")));
    headers = Map.of("p", Map.of("x-team", "of-the-settings"));
    ProviderKeys several =
        new ProviderKeys(name -> List.of("secret", "second-key"), fixtures.clock::get);
    write(dialects, false, several);
    assertThat(call.current().destination().secrets())
        .contains("secret", "second-key", "of-the-route", "of-the-settings");
  }

  @Test
  void theDeadlinesOfAnAliasComeBeforeThoseOfItsModel() {
    configure("second");
    write(dialects, false);
    assertThat(exchange.getMessage().getBody(ProviderRequest.class).deadlines())
        .isSameAs(RequestDeadlines.NONE);

    deadlinesOfModel = limits(Optional.of(Duration.ofMinutes(2)), Optional.of(Duration.ofHours(1)));
    deadlinesOfAlias = limits(Optional.of(Duration.ofMinutes(5)), Optional.empty());
    write(dialects, false);
    RequestDeadlines written = exchange.getMessage().getBody(ProviderRequest.class).deadlines();
    assertThat(written.merged())
        .isEqualTo(limits(Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofHours(1))))
        .isEqualTo(call.current().deadlines());
    assertThat(written.setting("first_token")).isEqualTo("deadlines of alias fast");
    assertThat(written.setting("total")).isEqualTo("deadlines of model p/m");
    assertThat(written.setting("idle")).isEqualTo("upstream.deadlines");
  }

  @Test
  void onlyAStreamThatAnotherCandidateMayFollowHasATimeForItsFirstToken() {
    configure("second");
    QualityTarget soon =
        new QualityTarget(
            Optional.empty(), OptionalLong.empty(), true, Optional.of(Duration.ofSeconds(2)));
    call.describe(CallBounds.NONE, RoutingCriteria.NONE.with(soon));
    write(dialects, false);
    assertThat(escalation()).as("the last candidate").isEmpty();
    more = List.of(new Candidate("q", "m"));
    write(dialects, false);
    assertThat(escalation()).as("its second attempt, which leaves none").isEmpty();
    more = List.of(new Candidate("q", "m"), new Candidate("r", "m"), new Candidate("s", "m"));
    write(dialects, false);
    assertThat(escalation()).as("the third attempt, which is the last").isEmpty();
    call.attempts().clear();
    write(dialects, false);
    assertThat(escalation()).contains(Duration.ofMillis(1_200));
    more = List.of();
  }

  private Optional<Duration> escalation() {
    return exchange.getMessage().getBody(ProviderRequest.class).deadlines().escalation();
  }

  private static DeadlineOverrides limits(Optional<Duration> firstToken, Optional<Duration> total) {
    return new DeadlineOverrides(firstToken, Optional.empty(), total);
  }

  private void configure(String dialect) {
    providers.add(
        new ProviderProfile(
            "p", dialect, Optional.empty(), Optional.of("KEY"), Set.of(), List.of()));
  }

  private void write(Map<String, Dialect> known, boolean strict) {
    write(known, strict, keys);
  }

  private void write(Map<String, Dialect> known, boolean strict, ProviderKeys used) {
    List<Candidate> candidates = new ArrayList<>(List.of(new Candidate("p", "m")));
    candidates.addAll(more);
    AttemptRules ofAlias =
        new AttemptRules(
            deadlinesOfAlias,
            Failover.DEFAULT,
            OptionalInt.empty(),
            headersOfAlias,
            AttemptRules.HedgeRules.OFF);
    call.setPlan(new Plan("fast", candidates, "alias fast", ofAlias));
    call.beginAttempt(new Candidate("p", "m"));
    WriteProviderRequest.Rules rules =
        new WriteProviderRequest.Rules(
            new ProviderHeaders(headers, headersOfModel, new LoopDetector("here")),
            strict,
            new WriteProviderRequest.ModelRules(_ -> deadlinesOfModel, _ -> parameters),
            new PrivacyRules(privacy),
            new NextCandidates(_ -> OptionalInt.empty(), 3));
    exchange.setException(null);
    new WriteProviderRequest(known, providers, used, rules, _ -> new ManualLoop())
        .process(exchange, _ -> {});
    if (exchange.getException() instanceof RuntimeException failure) {
      throw failure;
    }
  }

  /** Writes its own name as the path, or lets another dialect write. */
  private record Words(String name, Optional<Dialect> other, List<String> dropped)
      implements Dialect {
    @Override
    public List<String> clientHeaders() {
      return List.of("x-beta");
    }

    @Override
    public Dialect choose(ChatRequest request, Destination destination) {
      return other.orElse(this);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
      return ProviderRequest.post("/" + name, new HeaderFields(), new byte[0], ReplyKind.WHOLE)
          .dropping(dropped);
    }

    @Override
    public ProviderRequest withParameters(
        ProviderRequest written, ModelParameters parameters, Destination destination) {
      return written.withBody((name + parameters.body()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
      throw new UnsupportedOperationException("only writes");
    }

    @Override
    public Optional<Usage> readUsage(byte[] body, Destination destination) {
      return Optional.empty();
    }

    @Override
    public ProviderProblem readError(
        int status, Headers headers, byte[] body, Destination destination) {
      throw new UnsupportedOperationException("only writes");
    }

    @Override
    public ChatStreamDecoder streamReader(
        ChatRequest request, Destination destination, boolean relay) {
      throw new UnsupportedOperationException("only writes");
    }
  }
}
