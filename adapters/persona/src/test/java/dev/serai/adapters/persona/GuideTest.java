package dev.serai.adapters.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.problem.CallerProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide is asked what newcomers ask, about the documentation as it is shipped. */
class GuideTest {
  private static final Path HOME = Path.of(System.getProperty("serai.home", ".."));
  private static final Persona GUIDE = guide(HOME);

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
          Can I change a provider without a restart?          | docs/providers.md   | Changing or removing a provider while Serai runs
          Where are the keys of my providers kept?            | docs/providers.md   | Where keys are stored
          Which kamelets can I choose from?                   | docs/providers.md   | Kamelets and their parameters
          How do I run the tests?                             | docs/development.md | Running the tests
          how do i build it                                   | docs/development.md | Building
          What happens when a provider fails?                 | docs/models.md      | When a provider fails
          How many retries are made?                          | docs/models.md      | Retries
          When does the circuit breaker open?                 | docs/models.md      | The circuit breaker
          What does x-serai-attempts mean?                    | docs/models.md      | Reply headers
          How do I define an alias?                           | docs/models.md      | Aliases
          How do I start Serai?                               | docs/operations.md  | Running Serai
          What timeouts are there?                            | docs/operations.md  | Timeouts
          How do I shut it down without losing streams?       | docs/operations.md  | Stopping and draining
          Is there a health check for my load balancer?       | docs/operations.md  | Health
          how do i change the port                            | docs/operations.md  | Address and port
          How do I open the Hawtio console?                   | docs/operations.md  | The console
          Where are the logs?                                 | docs/observability.md | Log
          What does an error look like?                       | docs/errors.md      | Shape of an error
          Why do I get a 404 model_not_found?                 | docs/models.md      | Model names
          Which status codes are there?                       | docs/errors.md      | Status codes
          What is a surface?                                  | docs/vocabulary.md  | Words of Serai
          Which way does a request take?                      | docs/architecture.md| The way of a request
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
    Persona.Answer answer = ask(question);
    assertThat(answer.sources()).as(answer.text()).isNotEmpty();
    assertThat(answer.sources().getFirst()).isEqualTo(new Persona.Source(file, heading));
    assertThat(answer.text()).contains("- " + file + ", \"" + heading + "\"");
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
    Persona.Answer answer = ask(question);
    assertThat(answer.sources()).as(answer.text()).isEmpty();
    assertThat(answer.text())
        .startsWith("The documentation says nothing about that.")
        .contains("- Providers (docs/providers.md)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello!", "what can you do?", "hi there"})
  void aGreetingIsAnsweredWithAnIntroduction(String greeting) {
    assertThat(ask(greeting).text()).startsWith("I am Serai's guide").contains("- Operations");
  }

  @Test
  void theAnswerToTheFirstQuestionHoldsTheWholeFile() {
    assertThat(ask("How do I add a provider?").text())
        .contains(
            "uri: kamelet:openai-compatible",
            "keyName: CEREBRAS_API_KEY",
            "serai.d/cerebras.camel.yaml");
  }

  @Test
  void theSameQuestionGetsTheSameAnswer() {
    String question = "What happens when a provider fails?";
    assertThat(guide(HOME).answer(Questions.conversation(question))).isEqualTo(ask(question));
  }

  @Test
  void theLastUserMessageIsTheQuestion() {
    Persona.Answer answer =
        GUIDE.answer(
            Questions.conversation(
                "user: How do I run the tests?",
                "assistant: Like so.",
                "user: When does the breaker open?"));
    assertThat(answer.sources().getFirst().heading()).isEqualTo("The circuit breaker");
  }

  @Test
  void tokensAreEstimatedAtFourCharacters() {
    Persona.Answer answer = ask("12345678");
    assertThat(answer.usage().input()).isEqualTo(2);
    assertThat(answer.usage().output()).isEqualTo((answer.text().length() + 3) / 4);
  }

  @Test
  void maxTokensCutsTheAnswerAndSaysSo() {
    Persona.Answer answer = GUIDE.answer(Questions.atMost(10, "How do I add a provider?"));
    assertThat(answer.text()).hasSize(40);
    assertThat(answer.finish().kind()).isEqualTo(FinishReason.Kind.LENGTH);
    assertThat(answer.usage().output()).isEqualTo(10);
  }

  @Test
  void withoutDocumentsItSaysThatThereAreNone(@TempDir Path empty) {
    assertThat(guide(empty).answer(Questions.conversation("How do I add a provider?")).text())
        .contains("the documentation is not installed here");
  }

  @Test
  void aConversationWithoutAQuestionIsRefused() {
    assertThatThrownBy(() -> GUIDE.answer(Questions.conversation("system: be nice")))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aVeryLongQuestionIsAnsweredFromItsBeginning() {
    assertThat(ask("breaker open ".repeat(100_000)).sources().getFirst().heading())
        .isEqualTo("The circuit breaker");
  }

  private static Persona guide(Path home) {
    return new Personas(home, InstantSource.system()).find("guide").orElseThrow();
  }

  private static Persona.Answer ask(String question) {
    return GUIDE.answer(Questions.conversation(question));
  }
}
