package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The marks for the prompt cache that clients of OpenAI's APIs set reach providers that use marks.
 */
class CacheMarksTest {
  private static final String MARK = "'cache_control':{'type':'ephemeral'}";
  private static final String HOUR = "'cache_control':{'type':'ephemeral','ttl':'1h'}";
  private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";

  private static final ChatRequest CHAT =
      Client.OPENAI.ask(
          "'messages':[{'role':'system','content':[{'type':'text','text':'rules',"
              + MARK
              + "}]},{'role':'user','content':'x'},{'role':'assistant','content':null,'tool_calls':"
              + "[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},"
              + "{'role':'tool','tool_call_id':'c','content':'found',"
              + MARK
              + "},{'role':'user','content':[{'type':'image_url','image_url':{'url':'"
              + PICTURE
              + "'},"
              + MARK
              + "}]}],'tools':[{'type':'function','function':{'name':'f'},"
              + MARK
              + "}]",
          false);

  private static final ChatRequest RESPONSES =
      Client.RESPONSES.ask(
          "'input':[{'role':'system','content':[{'type':'input_text','text':'rules',"
              + MARK
              + "}]},{'role':'user','content':'x'},{'type':'function_call','call_id':'c','name':'f',"
              + "'arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'found',"
              + MARK
              + "},{'role':'user','content':[{'type':'input_image','image_url':'"
              + PICTURE
              + "',"
              + MARK
              + "}]}],'tools':[{'type':'function','name':'f',"
              + MARK
              + "}]",
          false);

  private static Stream<DynamicTest> bothWith(BothCheck check) {
    return Stream.of(
        DynamicTest.dynamicTest("chat", () -> check.hold(CHAT)),
        DynamicTest.dynamicTest("responses", () -> check.hold(RESPONSES)));
  }

  private interface BothCheck {
    void hold(ChatRequest request);
  }

  @TestFactory
  Stream<DynamicTest> everyMarkReachesAnthropicWhereItWasSet() {
    return bothWith(
        request -> {
          ProviderRequest written = new Pair(Client.OPENAI, new AnthropicDialect()).write(request);
          JsonNode body = Pair.body(written);
          for (String place :
              List.of("/system/0", "/tools/0", "/messages/2/content/0", "/messages/2/content/1")) {
            assertThat(body.at(place + "/cache_control/type").asText())
                .as(place + " in " + body)
                .isEqualTo("ephemeral");
          }
          assertThat(written.dropped()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> everyMarkReachesBedrockAsACachePointBehindWhatItMarks() {
    return bothWith(
        request -> {
          ProviderRequest written = new Pair(Client.OPENAI, new BedrockDialect()).write(request);
          JsonNode body = Pair.body(written);
          for (String place :
              List.of(
                  "/system/1",
                  "/toolConfig/tools/1",
                  "/messages/2/content/1",
                  "/messages/2/content/3")) {
            assertThat(body.at(place + "/cachePoint/type").asText())
                .as(place + " in " + body)
                .isEqualTo("default");
          }
          assertThat(written.dropped()).isEmpty();
        });
  }

  @Test
  void aMarkOfAMessageStandsBehindItsLastPart() {
    ChatRequest request =
        Client.OPENAI.ask(
            "'messages':[{'role':'system','content':'rules',"
                + MARK
                + "},{'role':'user','content':[{'type':'text','text':'a'},"
                + "{'type':'text','text':'b'}],"
                + MARK
                + "}]",
            false);
    JsonNode body = Pair.body(new Pair(Client.OPENAI, new AnthropicDialect()).write(request));
    assertThat(body.at("/system/0/cache_control").isObject()).isTrue();
    assertThat(body.at("/messages/0/content/0/cache_control").isMissingNode()).isTrue();
    assertThat(body.at("/messages/0/content/1/cache_control").isObject()).isTrue();
  }

  @Test
  void aMarkThatCannotBeWrittenIsNamed() {
    ChatRequest request =
        Client.OPENAI.ask(
            "'messages':[{'role':'user','content':[{'type':'text','text':'a'},"
                + "{'type':'text','text':' ',"
                + MARK
                + "}]}]",
            false);
    for (Pair pair : Pair.all().filter(pair -> pair.client() == Client.OPENAI).toList()) {
      if (!pair.same()) {
        assertThat(pair.write(request).dropped()).as(pair.name()).contains("cache_control");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-sonnet-4-5-20250929-v1:0, true",
    "us.anthropic.claude-opus-4-6-v1, true",
    "anthropic.claude-sonnet-4-20250514-v1:0, false",
    "anthropic.claude-3-7-sonnet-20250219-v1:0, false",
    "amazon.nova-pro-v1:0, false"
  })
  void bedrockIsAskedForAnHourOnlyForModelsThatTakeIt(String model, boolean taken) {
    ChatRequest request =
        Client.OPENAI.ask(
            "'messages':[{'role':'user','content':[{'type':'text','text':'a'," + HOUR + "}]}]",
            false);
    ProviderRequest written = new Pair(Client.OPENAI, new BedrockDialect()).write(request, model);
    JsonNode point = Pair.body(written).at("/messages/0/content/1/cachePoint");
    assertThat(point.path("type").asText()).isEqualTo("default");
    assertThat(point.path("ttl").asText("")).isEqualTo(taken ? "1h" : "");
    assertThat(written.dropped().contains("cache_control.ttl")).isNotEqualTo(taken);
  }

  @Test
  void aMarkOfAToolResultsTextIsNamedWhereTheProviderHasNone() {
    ChatRequest request =
        Client.OPENAI.ask(
            "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':null,"
                + "'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':[{'type':'text','text':'r',"
                + MARK
                + "}]}]",
            false);
    assertThat(new Pair(Client.OPENAI, new GeminiDialect()).write(request).dropped())
        .contains("cache_control");
  }

  /** By "Prompt caching for faster model inference", docs.aws.amazon.com. */
  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-3-haiku-20240307-v1:0, false",
    "anthropic.claude-v2:1, false",
    "anthropic.claude-3-5-sonnet-20240620-v1:0, false",
    "anthropic.claude-3-5-sonnet-20241022-v2:0, true",
    "anthropic.claude-3-5-haiku-20241022-v1:0, true",
    "us.anthropic.claude-3-7-sonnet-20250219-v1:0, true",
    "anthropic.claude-sonnet-4-5-20250929-v1:0, true"
  })
  void onlyClaudeModelsWithAPromptCacheGetMarksOnBedrock(String model, boolean caches) {
    ProviderRequest written = new Pair(Client.OPENAI, new BedrockDialect()).write(CHAT, model);
    assertThat(Pair.text(written).contains("cachePoint")).isEqualTo(caches);
    assertThat(written.dropped().contains("cache_control")).isNotEqualTo(caches);
  }

  private static final String SHORT = "5m";
  private static final String LONG = "1h";

  private static String text(String text, String mark) {
    return "[{'type':'text','text':'" + text + "'," + mark + "}]";
  }

  /** The marks of a written request in the order of the prompt: "5m" or "1h" each. */
  private static List<String> durations(ProviderRequest written) {
    JsonNode body = Pair.body(written);
    List<String> found = new ArrayList<>();
    for (String area : List.of("/tools", "/toolConfig", "/system", "/messages")) {
      for (String name : List.of("cache_control", "cachePoint")) {
        for (JsonNode mark : body.at(area).findValues(name)) {
          found.add(mark.path("ttl").asText(SHORT));
        }
      }
    }
    return found;
  }

  /** By "Prompt caching", platform.claude.com: an hour must not follow five minutes. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anHourBehindFiveMinutesOfAMessageThatWasMovedBecomesFiveMinutes(boolean bedrock) {
    String system =
        "'messages':[{'role':'user','content':"
            + text("long", HOUR)
            + "},{'role':'assistant','content':'a'},{'role':'system','content':"
            + text("mid", MARK)
            + "},{'role':'user','content':'x'}]";
    String result =
        "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':null,"
            + "'tool_calls':[{'id':'k','type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'user','content':"
            + text("w", HOUR)
            + "},{'role':'tool','tool_call_id':'k','content':'r',"
            + MARK
            + "},{'role':'user','content':'z'}],"
            + "'tools':[{'type':'function','function':{'name':'f'}}]";
    for (String fields : List.of(system, result)) {
      ProviderRequest written = claude(bedrock, Client.OPENAI.ask(fields, false));
      assertThat(durations(written)).as(Pair.text(written)).containsExactly(SHORT, SHORT);
      assertThat(written.dropped()).containsExactly("cache_control.ttl");
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void hoursBeforeFiveMinutesStay(boolean bedrock) {
    String fields =
        "'messages':[{'role':'system','content':"
            + text("s", HOUR)
            + "},{'role':'user','content':"
            + text("u", MARK)
            + "}],'tools':[{'type':'function','function':{'name':'f'},"
            + HOUR
            + "}]";
    ProviderRequest written = claude(bedrock, Client.OPENAI.ask(fields, false));
    assertThat(durations(written)).containsExactly(LONG, LONG, SHORT);
    assertThat(written.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void fiveMinutesOfToolsEndTheHours(boolean bedrock) {
    String fields =
        "'messages':[{'role':'user','content':"
            + text("u", HOUR)
            + "}],'tools':[{'type':'function','function':{'name':'f'},"
            + MARK
            + "},{'type':'function','function':{'name':'g'},"
            + HOUR
            + "}]";
    ProviderRequest written = claude(bedrock, Client.OPENAI.ask(fields, false));
    assertThat(durations(written)).containsExactly(SHORT, SHORT, SHORT);
    assertThat(written.dropped()).containsExactly("cache_control.ttl");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void ofMoreThanFourMarksTheFirstAndTheLastThreeStay(boolean bedrock) {
    StringBuilder turns = new StringBuilder("'messages':[");
    for (int i = 0; i < 7; i++) {
      turns.append("{'role':'user','content':").append(text("t" + i, MARK)).append("},");
    }
    turns.setLength(turns.length() - 1);
    ProviderRequest written = claude(bedrock, Client.OPENAI.ask(turns + "]", false));
    JsonNode content = Pair.body(written).at("/messages/0/content");
    List<String> marked = new ArrayList<>();
    String last = "";
    for (JsonNode block : content) {
      last = block.path("text").asText(last);
      if (block.has("cache_control") || block.has("cachePoint")) {
        marked.add(last);
      }
    }
    assertThat(marked).containsExactly("t0", "t4", "t5", "t6");
    assertThat(written.dropped()).containsExactly("cache_control");
  }

  @Test
  void aResultsInnerMarksAreOneBehindItOnBedrock() {
    String inner = "{'type':'text','text':'r'," + MARK + "},";
    String fields =
        "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':null,"
            + "'tool_calls':[{'id':'k','type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'k','content':["
            + inner.repeat(6).substring(0, inner.length() * 6 - 1)
            + "]},{'role':'user','content':"
            + text("end", MARK)
            + "}]";
    JsonNode body = Pair.body(claude(true, Client.OPENAI.ask(fields, false)));
    assertThat(body.findValues("cachePoint")).hasSize(2);
    assertThat(body.at("/messages/2/content/3").has("cachePoint")).isTrue();
  }

  private static ProviderRequest claude(boolean bedrock, ChatRequest request) {
    return bedrock
        ? new Pair(Client.OPENAI, new BedrockDialect())
            .write(request, "anthropic.claude-sonnet-4-5-20250929-v1:0")
        : new Pair(Client.OPENAI, new AnthropicDialect()).write(request, "claude-sonnet-4-5");
  }
}
