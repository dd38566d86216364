package dev.serai.adapters.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.problem.CallerProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide is asked what newcomers ask, about the documentation as it is shipped. */
class GuideTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("serai.checkout", ".."));
  private static final Persona GUIDE = guide(CHECKOUT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How do I add a provider?                            | docs/providers.md   | Adding a provider
          I want to use Cerebras, what must I write?              | docs/providers.md   | Adding a provider
          Which environment variables are there for providers?| docs/providers.md   | Providers with a key in the environment
          How can I use a local model like llama.cpp?         | docs/providers.md   | Local models
          does it work with ollama                            | docs/providers.md   | Local models
          wildcard model name *                               | docs/models.md      | Aliases
          Can I change a provider without a restart?          | docs/providers.md   | Changing or removing a provider while Serai runs
          Where are the keys of my providers kept?            | docs/providers.md   | Where keys are stored
          Which kamelets can I choose from?                   | docs/providers.md   | Kamelets and their parameters
          How do I run the tests?                             | docs/development.md | Running the tests
          how do i build it                                   | docs/development.md | Building
          What happens when a provider fails?                 | docs/models.md      | When a provider fails
          How many retries are made?                          | docs/models.md      | Retries
          Which model answers /v1/ask?                        | docs/ask.md         | Which model answers
          How is the quality of a model predicted?            | docs/models.md      | Quality targets
          When does the circuit breaker open?                 | docs/models.md      | The circuit breakers
          What does x-serai-attempts mean?                    | docs/models.md      | Reply headers
          How do I define an alias?                           | docs/models.md      | Aliases
          How do I start Serai?                               | docs/operations.md  | Running Serai
          What timeouts are there?                            | docs/operations.md  | Deadlines and timeouts
          How do I shut it down without losing streams?       | docs/operations.md  | Stopping and draining
          Is there a health check for my load balancer?       | docs/operations.md  | Health
          how do i change the port                            | docs/operations.md  | Address and port
          How do I open the Hawtio console?                   | docs/operations.md  | The console
          Where are the logs?                                 | docs/observability.md | Log
          What does an error look like?                       | docs/errors.md      | Shape of an error
          Why do I get a 404 model_not_found?                 | docs/models.md      | Model names
          Which status codes are there?                       | docs/errors.md      | Status codes
          What is a surface?                                  | docs/vocabulary.md  | Words of Serai
          Which path does a request take?                     | docs/architecture.md| The path of a request
          What modules are there?                             | docs/architecture.md| Modules
          How are slow readers treated when streaming?        | docs/architecture.md| Streaming
          How do I limit requests per minute? | docs/limits.md | Limits of requests and tokens
          How do I set my OpenAI key?                         | docs/providers.md   | Providers with a key in the environment
          How do I write a new step?                          | docs/development.md | Adding a step, a dialect or a setting
          How do I get usage in a stream?                     | docs/clients.md     | Usage in a stream
          Can I use the python openai client?                 | docs/clients.md     | Python, JavaScript and Java
          Does it support tool calls?                         | docs/clients.md     | Tool calls, structured output and images
          how do I use a corporate proxy                      | docs/operations.md  | Proxies and certificates
          How do I trust a certificate of our own authority?   | docs/operations.md  | Proxies and certificates
          What is Serai?                                      | README.md           | Serai
          API keys for callers                                | docs/identity.md    | API keys for callers
          How do I authenticate users?                        | docs/identity.md    | API keys for callers
          cost per team                                       | docs/accounting.md  | Queries
          How do I see the state of all models?               | docs/admin.md       | Load and models
          Which fields does Groq reject?                      | docs/vendors.md     | Groq
          docker                                              | docs/operations.md  | Containers
          Is there a docker image?                            | docs/operations.md  | Containers
          server.stall_time                                   | docs/settings.md    | server
          What does no-penalties mean?                        | docs/quirks.md      | openai
          Where is opaque provider state for clients?         | docs/fidelity.md    | Provider state
          How do I migrate from LiteLLM?                      | docs/migrating-from-litellm.md | Migrating from LiteLLM
          What replaces model_list of LiteLLM?                | docs/migrating-from-litellm.md | model_list
          LiteLLM router_settings                             | docs/migrating-from-litellm.md | router_settings and litellm_settings
          How do I use Vertex AI?                             | docs/providers.md   | Vertex AI
          How do I create a key over the API?                 | docs/identity.md    | Stored keys
          """)
  void aNewcomersQuestionIsAnsweredFromTheRightSection(
      String question, String file, String heading) {
    Persona.Response response = ask(question);
    assertThat(response.sources()).as(response.text()).isNotEmpty();
    assertThat(response.sources().getFirst()).isEqualTo(new Persona.Source(file, heading));
    assertThat(response.text()).contains("- " + file + ", \"" + heading + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the capital of France?",
        "Write me a poem about the sea",
        "How do I bake a chocolate cake?",
        "Who won the football championship?",
        "¿Qué tiempo hace hoy?",
        "xyzzy plugh"
      })
  void anUnknownTopicIsAdmittedAndTheKnownOnesAreListed(String question) {
    Persona.Response response = ask(question);
    assertThat(response.sources()).as(response.text()).isEmpty();
    assertThat(response.text())
        .startsWith("The documentation says nothing about that.")
        .contains("- Providers (docs/providers.md)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello!", "what can you do?", "hi there"})
  void aGreetingIsAnsweredWithAnIntroduction(String greeting) {
    assertThat(ask(greeting).text()).startsWith("I am Serai's guide").contains("- Operations");
  }

  @Test
  void theResponseToTheFirstQuestionHoldsTheWholeFile() {
    assertThat(ask("How do I add a provider?").text())
        .contains(
            "uri: kamelet:openai-compatible",
            "keyName: CEREBRAS_API_KEY",
            "serai.d/cerebras.camel.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          settings                         | docs/settings.md   | Settings
          Which settings are there?        | docs/settings.md   | Settings
          quirks                           | docs/quirks.md     | Quirks and dropped fields
          fidelity                         | docs/fidelity.md   | Translation fidelity
          How is the translation fidelity? | docs/fidelity.md   | Translation fidelity
          operations                       | docs/operations.md | Running Serai
          limits                           | docs/limits.md     | Limits
          """)
  void theNameOfAPageIsAnsweredWithItsBeginning(String question, String file, String heading) {
    assertThat(ask(question).sources())
        .filteredOn(source -> !source.file().equals("docs/vocabulary.md"))
        .first()
        .isEqualTo(new Persona.Source(file, heading));
  }

  @Test
  void everyPageIsIndexed() throws IOException {
    Set<String> indexed =
        DocumentFolder.read(CHECKOUT, List.of("README.md", "docs")).stream()
            .map(Section::file)
            .collect(Collectors.toSet());
    try (Stream<Path> pages = Files.list(CHECKOUT.resolve("docs"))) {
      List<String> names =
          pages
              .map(page -> "docs/" + page.getFileName())
              .filter(page -> page.endsWith(".md"))
              .toList();
      assertThat(indexed).hasSizeGreaterThan(20).contains("README.md").containsAll(names);
    }
  }

  @Test
  void theSameQuestionGetsTheSameResponse() {
    String question = "What happens when a provider fails?";
    assertThat(guide(CHECKOUT).respond(Questions.conversation(question))).isEqualTo(ask(question));
  }

  @Test
  void theLastUserMessageIsTheQuestion() {
    Persona.Response response =
        GUIDE.respond(
            Questions.conversation(
                "user: How do I run the tests?",
                "assistant: Like so.",
                "user: When does the breaker open?"));
    assertThat(response.sources().getFirst().heading()).isEqualTo("The circuit breakers");
  }

  @Test
  void tokensAreEstimatedAtFourCharacters() {
    Persona.Response response = ask("12345678");
    assertThat(response.usage().input()).isEqualTo(2);
    assertThat(response.usage().output()).isEqualTo((response.text().length() + 3) / 4);
  }

  @Test
  void maxTokensCutsTheResponseAndSaysSo() {
    Persona.Response response = GUIDE.respond(Questions.atMost(10, "How do I add a provider?"));
    assertThat(response.text()).hasSize(40);
    assertThat(response.finish().kind()).isEqualTo(FinishReason.Kind.LENGTH);
    assertThat(response.usage().output()).isEqualTo(10);
  }

  @Test
  void withoutDocumentsItSaysThatThereAreNone(@TempDir Path empty) {
    assertThat(guide(empty).respond(Questions.conversation("How do I add a provider?")).text())
        .contains("the documentation is not installed here");
  }

  @Test
  void aConversationWithoutAQuestionIsRefused() {
    assertThatThrownBy(() -> GUIDE.respond(Questions.conversation("system: be nice")))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aVeryLongQuestionIsAnsweredFromItsBeginning() {
    assertThat(ask("breaker open ".repeat(100_000)).sources().getFirst().heading())
        .isEqualTo("The circuit breakers");
  }

  /** What operators who know LiteLLM or Envoy ask. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How do I block a forbidden word in responses? | docs/guards.md | Guards
          How do I block words? | docs/guards.md | Guards
          How is the kind of work of a request guessed? | docs/routing.md | The kind of work
          How do I make one tenant get served before another when the provider is busy? | docs/fairness.md | Fairness
          How do I give a tenant priority? | docs/fairness.md | Fairness
          How do I rotate the key of a provider without a restart? | docs/credentials.md | Credentials in the database
          What replaces the LiteLLM master key? | docs/migrating-from-litellm.md | general_settings, keys and budgets
          What happens when Redis is down? | docs/limits.md | Several gateways
          How do callers use Keycloak tokens?   | docs/identity.md | Tokens of an identity provider
          How do people log in with a browser? | docs/identity.md | Browser login
          How do I mask email addresses before they reach the provider? | docs/privacy.md | Privacy
          How do I mask email addresses? | docs/privacy.md | Privacy
          How do I turn on masking? | docs/privacy.md | Privacy
          What does error 429 insufficient_quota mean? | docs/errors.md | Status codes
          I lost the pepper, what now? | docs/identity.md | The pepper
          How do I require API keys? | docs/identity.md | API keys for callers
          Where do I store JSON values of my agent? | docs/memory.md | Memory objects
          How do I send feedback about a response? | docs/feedback.md | Feedback
          How do I run an experiment with two variants? | docs/experiments.md | Experiments
          How do I store a prompt with versions?       | docs/prompts.md     | Prompts
          How do I roll back a prompt?                 | docs/prompts.md     | Versions and labels
          Can I try another routing policy with past calls? | docs/replay.md | Replay: another policy over past calls
          How do I set a monthly budget? | docs/budgets.md | Setting budgets
          How do I limit a key? | docs/limits.md | Limits of requests and tokens
          How do several gateways share limits with Redis? | docs/limits.md | Several gateways
          How do I detect prompt injection? | docs/guards.md | Guards
          How do I validate a JWT? | docs/identity.md | Tokens of an identity provider
          How do I set a budget for a team? | docs/budgets.md | Setting budgets
          What happens when a budget is used up? | docs/budgets.md | When a budget is used up
          How much of my budget is left? | docs/budgets.md | How much is left
          How do I limit tokens per minute? | docs/limits.md | Limits of requests and tokens
          How do I limit concurrent requests? | docs/limits.md | Limits of requests and tokens
          What does a client see when it has reached a limit? | docs/limits.md | What a client sees
          How do I revoke a key? | docs/identity.md | Stored keys
          How do I create a key on the command line? | docs/identity.md | Management on the command line
          Which roles and permissions are there? | docs/identity.md | Roles and permissions
          How do I use client certificates (mTLS)? | docs/identity.md | Client certificates
          How do I sign requests with HMAC? | docs/identity.md | Signed requests
          How do I enable HTTPS? | docs/operations.md | TLS on the port
          How do I serve TLS with my own certificate? | docs/operations.md | TLS on the port
          How do I scrape Prometheus metrics? | docs/observability.md | Metrics
          How do I send traces to OpenTelemetry? | docs/observability.md | Traces
          Where is the access log? | docs/observability.md | Log
          How do I reload the configuration without a restart? | docs/operations.md | Changing the configuration while Serai runs
          How do I upgrade to a new version? | docs/operations.md | Upgrading
          How do I run it in docker or Kubernetes? | docs/operations.md | Containers
          How do I validate my configuration? | docs/operations.md | Checking a configuration
          How do I use PostgreSQL instead of SQLite? | docs/accounting.md | Storage
          Where do prices come from? | docs/accounting.md | Prices
          What does the audit log record? | docs/audit.md | What is recorded
          What is the qos of a key? | docs/fairness.md | Fairness
          How can I keep personal data from a provider? | docs/privacy.md | Privacy
          Which personal data is found? | docs/privacy.md | Privacy
          Can provider keys be encrypted in the database? | docs/credentials.md | Credentials in the database
          Can secrets come from HashiCorp Vault? | docs/secrets.md | Secrets in a secret manager
          What happens if I lose the master key? | docs/credentials.md | Master keys
          How do I set a timeout for one model? | docs/models.md | Model information
          How do I route traffic by weight between two models? | docs/models.md | Aliases
          Which error does a client get on a stream after the first token? | docs/errors.md | Errors on a stream
          """)
  void anOperatorsQuestionIsAnsweredFromTheRightSection(
      String question, String file, String heading) {
    aNewcomersQuestionIsAnsweredFromTheRightSection(question, file, heading);
  }

  @Test
  void ofALongTableTheResponseHasTheHeaderAndTheRowsOfTheQuestion() {
    assertThat(ask("What does error 429 insufficient_quota mean?").text())
        .contains("| Status |", "`insufficient_quota`")
        .doesNotContain("key_name_taken", "\n...");
  }

  @Test
  void theAnswersToHowToHaveTheSettings() {
    assertThat(ask("How do I turn on masking?").text()).contains("action: mask");
    assertThat(ask("How do I block words?").text()).contains("kind: content");
    assertThat(ask("How do I give a tenant priority?").text()).contains("weight: 3");
    assertThat(ask("How do I migrate from LiteLLM?").text()).contains("Run `./serai check`");
  }

  private static Persona guide(Path checkout) {
    return new Personas(checkout, InstantSource.system()).find("guide").orElseThrow();
  }

  private static Persona.Response ask(String question) {
    return GUIDE.respond(Questions.conversation(question));
  }
}
