package dev.serai.adapters.dialects.pairs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that both of OpenAI's APIs have are carried from one to the other. */
class SharedFieldsTest {
  private static final Pair TO_CHATS = new Pair(Client.RESPONSES, new OpenAiDialect());
  private static final Pair TO_RESPONSES = new Pair(Client.OPENAI, new ResponsesDialect());
  private static final Pair TO_OLLAMA = new Pair(Client.OPENAI, new OllamaDialect());

  private static ProviderRequest written(Pair pair, String members) {
    return pair.write(pair.client().ask(pair.client().user("hi") + "," + members, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'safety_identifier':'s1'",
        "'service_tier':'flex'",
        "'service_tier':'scale'",
        "'prompt_cache_key':'k'",
        "'prompt_cache_retention':'24h'"
      })
  void aFieldOfBothApisIsCarriedBothWays(String member) {
    for (Pair pair : List.of(TO_CHATS, TO_RESPONSES)) {
      ProviderRequest written = written(pair, member);
      assertThat(Pair.text(written)).as(pair.name()).contains(member);
      assertThat(written.dropped()).isEmpty();
    }
  }

  @Test
  void aProviderThatRefusesOneDoesNotGetIt() {
    String members = "'safety_identifier':'s1','service_tier':'flex'";
    ProviderRequest written =
        TO_CHATS
            .dialect()
            .writeRequest(
                Client.RESPONSES.ask(Client.RESPONSES.user("hi") + "," + members, false),
                TO_CHATS.target("no-service-tier", "no-safety-identifier"));
    assertThat(Pair.text(written)).doesNotContain("s1", "flex");
    assertThat(written.dropped()).containsExactlyInAnyOrder("safety_identifier", "service_tier");
  }

  @Test
  void metadataOfAChatIsSentToResponses() {
    ProviderRequest written = written(TO_RESPONSES, "'metadata':{'a':'b','c':'d'}");
    assertThat(Pair.text(written)).contains("'metadata':{'a':'b','c':'d'}");
    assertThat(written.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'tags':['a']}", "{'a':1}", "'text'", "{'a':{'b':'c'}}"})
  void metadataThatResponsesRefuseIsReported(String metadata) {
    ProviderRequest written = written(TO_RESPONSES, "'metadata':" + metadata);
    assertThat(Pair.body(written).has("metadata")).isFalse();
    assertThat(written.dropped()).containsExactly("metadata");
  }

  /** At most 16 entries with names of 64 and texts of 512 characters. */
  @Test
  void metadataBeyondTheLimitsOfResponsesIsReported() {
    String entries =
        IntStream.rangeClosed(1, 17).mapToObj(i -> "'k" + i + "':'v'").collect(joining(","));
    List<String> beyond =
        List.of(entries, "'" + "k".repeat(65) + "':'v'", "'k':'" + "v".repeat(513) + "'");
    for (String metadata : beyond) {
      ProviderRequest written = written(TO_RESPONSES, "'metadata':{" + metadata + "}");
      assertThat(Pair.body(written).has("metadata")).isFalse();
      assertThat(written.dropped()).containsExactly("metadata");
    }
    String most = "'" + "k".repeat(64) + "':'" + "v".repeat(512) + "'";
    ProviderRequest written = written(TO_RESPONSES, "'metadata':{" + most + "}");
    assertThat(Pair.body(written).path("metadata")).hasSize(1);
    assertThat(written.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'top_logprobs':2",
        "'top_logprobs':2,'include':['message.output_text.logprobs']",
        "'include':['message.output_text.logprobs']"
      })
  void logProbabilitiesOfResponsesAreAskedForInChats(String members) {
    ProviderRequest written = written(TO_CHATS, members);
    assertThat(Pair.body(written).path("logprobs").asBoolean()).isTrue();
    assertThat(Pair.body(written).has("top_logprobs")).isEqualTo(members.contains("2"));
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void logProbabilitiesOfChatsAreAskedForInResponses() {
    ProviderRequest written = written(TO_RESPONSES, "'logprobs':true,'top_logprobs':2");
    assertThat(Pair.text(written))
        .contains("'reasoning.encrypted_content','message.output_text.logprobs'")
        .contains("'top_logprobs':2");
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void aModelThatReasonsIsNotAskedForThem() {
    ChatRequest chat =
        Client.OPENAI.ask(Client.OPENAI.user("hi") + ",'logprobs':true,'top_logprobs':2", false);
    ProviderRequest responses = TO_RESPONSES.write(chat, "gpt-5");
    assertThat(responses.dropped()).containsExactlyInAnyOrder("logprobs", "top_logprobs");
    ChatRequest response =
        Client.RESPONSES.ask(Client.RESPONSES.user("hi") + ",'top_logprobs':2", false);
    assertThat(TO_CHATS.write(response, "gpt-5").dropped()).containsExactly("top_logprobs");
  }

  @Test
  void aClientThatCannotReceiveThemDoesNotAskForThem() {
    ChatRequest messages =
        Client.ANTHROPIC.ask(
            Client.ANTHROPIC.user("hi") + ",'logprobs':true,'top_logprobs':2", false);
    for (Pair pair : List.of(TO_CHATS, TO_RESPONSES, TO_OLLAMA)) {
      assertThat(pair.write(messages).dropped()).contains("logprobs", "top_logprobs");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "RESPONSES"})
  void ollamaIsAskedForThem(Client client) {
    String members =
        client == Client.OPENAI
            ? ",'logprobs':true,'top_logprobs':2"
            : ",'top_logprobs':2,'include':['message.output_text.logprobs']";
    ProviderRequest written =
        TO_OLLAMA.write(client.ask(client.user("hi") + members, false), "gpt-oss:20b");
    assertThat(Pair.text(written)).contains("'logprobs':true,'top_logprobs':2");
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void ollamasClientsAskForThemInTheProvidersTerms() {
    ChatRequest asked =
        Client.OLLAMA.ask(Client.OLLAMA.user("hi") + ",'logprobs':true,'top_logprobs':2", false);
    assertThat(Pair.text(TO_CHATS.write(asked))).contains("'logprobs':true,'top_logprobs':2");
    assertThat(Pair.text(TO_RESPONSES.write(asked)))
        .contains("'message.output_text.logprobs'")
        .contains("'top_logprobs':2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"safety_identifier", "prompt_cache_key"})
  void anIdentifierThatIsTooLongIsShortened(String member) {
    String members = "'" + member + "':'" + "x".repeat(65) + "'";
    for (Pair pair : List.of(TO_CHATS, TO_RESPONSES)) {
      ProviderRequest written = written(pair, members);
      assertThat(Pair.body(written).path(member).asText()).hasSize(64);
      assertThat(written.dropped()).containsExactly(member);
    }
  }
}
