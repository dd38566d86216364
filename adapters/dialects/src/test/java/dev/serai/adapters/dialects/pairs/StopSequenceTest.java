package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of Anthropic's API learns which of its stop sequences the model wrote. */
class StopSequenceTest {
  private static ChatRequest request(String stops, boolean stream) {
    return new AnthropicSurface()
        .readRequest(
            Inbound.post(
                "/v1/messages",
                ("{'model':'m','max_tokens':9,'stream':"
                        + stream
                        + ",'stop_sequences':"
                        + stops
                        + ",'messages':[{'role':'user','content':'hi'}]}")
                    .replace('\'', '"')));
  }

  private static Dialect dialect(String name) {
    return Pair.DIALECTS.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  private static JsonNode whole(String dialect, String stops, String reply) {
    Dialect spoken = dialect(dialect);
    Destination provider = Pair.target(spoken, "acme");
    byte[] body = reply.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    AnthropicSurface surface = new AnthropicSurface();
    return StrictJson.tree(
        surface.writeResponse(spoken.readResponse(request(stops, false), body, provider)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['A','B'] | 'stop_reason':'B' | stop_sequence | B",
        "['A','B'] | 'matched_stop':'A' | stop_sequence | A",
        "['A','B'] | 'stop_reason':null | end_turn | null",
        "['A','B'] | 'matched_stop':151645 | end_turn | null"
      })
  void serversOfOpenAisDialectNameIt(String stops, String member, String reason, String sequence) {
    JsonNode message =
        whole(
            "openai",
            stops.replaceAll("^'|'$", ""),
            "{'id':'c','model':'m','choices':[{'index':0,'message':{'content':'a'},"
                + member
                + ",'finish_reason':'stop'}]}");
    assertThat(message.path("stop_reason").asText()).isEqualTo(reason);
    assertThat(message.path("stop_sequence").asText()).isEqualTo(sequence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['A','B'] | {'stop_sequence':'B'} | B",
        "['A'] | null | A",
        "['A','B'] | null | null"
      })
  void bedrockNamesItOrItIsTheOnlyOne(String stops, String fields, String sequence) {
    JsonNode message =
        whole(
            "bedrock",
            stops,
            "{'output':{'message':{'role':'assistant','content':[{'text':'a'}]}},'stopReason':"
                + "'stop_sequence','additionalModelResponseFields':"
                + fields
                + ",'usage':{'inputTokens':1,'outputTokens':1}}");
    assertThat(message.path("stop_reason").asText()).isEqualTo("stop_sequence");
    assertThat(message.path("stop_sequence").asText()).isEqualTo(sequence);
  }

  @Test
  void bedrocksStreamNamesIt() {
    Pair pair = new Pair(Client.ANTHROPIC, dialect("bedrock"));
    byte[] wire =
        EventStreamMaker.of(
            ("event messageStart {'role':'assistant'}\n"
                    + "event contentBlockDelta {'contentBlockIndex':0,'delta':{'text':'a'}}\n"
                    + "event contentBlockStop {'contentBlockIndex':0}\n"
                    + "event messageStop {'stopReason':'stop_sequence',"
                    + "'additionalModelResponseFields':{'stop_sequence':'B'}}\n"
                    + "event metadata {'usage':{'inputTokens':1,'outputTokens':1}}\n")
                .replace('\'', '"'));
    byte[] told = pair.told(request("['A','B']", true), List.of(wire));
    assertThat(new String(told, StandardCharsets.UTF_8))
        .contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"B\"");
  }

  @Test
  void claudeOnBedrockIsAskedForIt() {
    Dialect bedrock = dialect("bedrock");
    Destination claude =
        new Destination(
            Pair.target(bedrock, "acme").provider(),
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
            java.util.Optional.empty());
    JsonNode sent = StrictJson.tree(bedrock.writeRequest(request("['A']", false), claude).body());
    assertThat(sent.path("additionalModelResponseFieldPaths").toString())
        .isEqualTo("[\"/stop_sequence\"]");
    JsonNode without = StrictJson.tree(bedrock.writeRequest(request("[]", false), claude).body());
    assertThat(without.has("additionalModelResponseFieldPaths")).isFalse();
  }
}
