package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.http.ProviderRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that both of OpenAI's APIs have are carried from one to the other. */
class SharedFieldsTest {
  private static final Pair TO_CHATS = new Pair(Client.RESPONSES, new OpenAiDialect());
  private static final Pair TO_RESPONSES = new Pair(Client.OPENAI, new ResponsesDialect());

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

  /** Responses hold no log probabilities in core types: to ask for them would be in vain. */
  @Test
  void logProbabilitiesAreReported() {
    assertThat(written(TO_CHATS, "'top_logprobs':2").dropped()).containsExactly("top_logprobs");
    assertThat(written(TO_RESPONSES, "'logprobs':true,'top_logprobs':2").dropped())
        .containsExactlyInAnyOrder("logprobs", "top_logprobs");
  }
}
