package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Citations of Claude and Nova are sources of the text of their block, streamed or not. */
class CitedBlocksTest {
  private static final Dialect BEDROCK = new BedrockDialect();
  private static final String PAGE =
      "{'title':'A','sourceContent':[{'text':'x'}],'location':{'web':{'url':'https://a.test',"
          + "'domain':'a.test'}}}";
  private static final String RESULT =
      "{'title':'R','source':'https://r.test','location':{'searchResultLocation':"
          + "{'searchResultIndex':0,'start':0,'end':1}}}";
  private static final String DOCUMENT =
      "{'title':'Doc','location':{'documentPage':{'documentIndex':0,'start':1,'end':1}}}";

  private static String page(String url, String title, int start, int end) {
    return ("{'type':'url_citation','start_index':%d,'end_index':%d,'url':'%s','title':'%s'}")
        .formatted(start, end, url, title);
  }

  private static String file(String id, String name, int index) {
    return "{'type':'file_citation','file_id':'%s','filename':'%s','index':%d}"
        .formatted(id, name, index);
  }

  private static String converse(String content) {
    return "{'output':{'message':{'role':'assistant','content':["
        + content
        + "]}},'stopReason':'end_turn','usage':{'inputTokens':1,'outputTokens':2,"
        + "'totalTokens':3}}";
  }

  private static String cited(String text, String... citations) {
    return "{'citationsContent':{'content':[{'text':'"
        + text
        + "'}],'citations':["
        + String.join(",", citations)
        + "]}}";
  }

  private static String text(JsonNode json) {
    return json.toString().replace('"', '\'');
  }

  private static JsonNode told(Client client, Dialect dialect, String reply) {
    Pair pair = new Pair(client, dialect);
    ChatRequest request = client.hello(false);
    return StrictJson.tree(pair.answered(request, Pair.bytes(reply), pair.target()));
  }

  private static String annotations(Dialect dialect, String reply) {
    List<String> all = new ArrayList<>();
    told(Client.RESPONSES, dialect, reply)
        .at("/output/0/content")
        .forEach(part -> part.path("annotations").forEach(each -> all.add(text(each))));
    return String.join(",", all);
  }

  @Test
  void citationsOfConverseAreAnnotationsOfTheirPart() {
    String reply = converse("{'text':'Só '}," + cited("be it.", PAGE, RESULT, DOCUMENT));
    assertThat(annotations(BEDROCK, reply))
        .isEqualTo(
            page("https://a.test", "A", 0, 6)
                + ","
                + page("https://r.test", "R", 0, 6)
                + ","
                + file("", "Doc", 5));
  }

  @Test
  void aChatHasTheWebPagesOnly() {
    JsonNode told =
        told(Client.OPENAI, BEDROCK, converse("{'text':'Só '}," + cited("be it.", DOCUMENT, PAGE)));
    assertThat(text(told.at("/choices/0/message/annotations")))
        .isEqualTo(
            "[{'type':'url_citation','url_citation':{'start_index':3,'end_index':9,"
                + "'url':'https://a.test','title':'A'}}]");
  }

  @Test
  void aBlockOfCitationsAloneIsOfTheTextBefore() {
    String alone =
        "{'citationsContent':{'citations':[{'location':{'web':{'url':"
            + "'https://a.test','domain':'a.test'}}}]}}";
    assertThat(annotations(BEDROCK, converse("{'text':'Só'}," + alone)))
        .isEqualTo(page("https://a.test", "a.test", 0, 2));
  }

  private static byte[] stream(String... events) {
    StringBuilder lines = new StringBuilder("event messageStart {'role':'assistant'}\n");
    for (String event : events) {
      lines.append("event ").append(event).append('\n');
    }
    lines.append("event messageStop {'stopReason':'end_turn'}\n");
    lines.append("event metadata {'usage':{'inputTokens':1,'outputTokens':2}}\n");
    return EventStreamMaker.of(lines.toString().replace('\'', '"'));
  }

  private static String delta(int index, String delta) {
    return "contentBlockDelta {'contentBlockIndex':" + index + ",'delta':" + delta + "}";
  }

  private static String end(int index) {
    return "contentBlockStop {'contentBlockIndex':" + index + "}";
  }

  private static String streamed(byte[] stream) {
    Pair pair = new Pair(Client.RESPONSES, BEDROCK);
    List<String> all = new ArrayList<>();
    for (String line :
        new String(pair.told(Client.RESPONSES.hello(true), List.of(stream)), UTF_8).split("\n")) {
      if (line.startsWith("data: {")) {
        JsonNode event = StrictJson.tree(line.substring(6).getBytes(UTF_8));
        if (event.path("type").asText().equals("response.output_text.annotation.added")) {
          all.add(text(event.path("annotation")));
        }
      }
    }
    return String.join(",", all);
  }

  @Test
  void streamedCitationsAreAnnotationsOfTheirBlock() {
    assertThat(
            streamed(
                stream(
                    delta(0, "{'text':'Só '}"),
                    end(0),
                    delta(1, "{'text':'be '}"),
                    delta(1, "{'citation':" + PAGE + "}"),
                    delta(1, "{'text':'it.'}"),
                    end(1),
                    delta(2, "{'citation':" + DOCUMENT + "}"),
                    end(2))))
        .isEqualTo(page("https://a.test", "A", 3, 9) + "," + file("", "Doc", 8));
  }

  private static final String IN_MESSAGES =
      "{'type':'page_location','cited_text':'','document_index':0,'document_title':'Doc',"
          + "'start_page_number':1,'end_page_number':1}";
  private static final String PAGE_IN_MESSAGES =
      "{'type':'web_search_result_location','cited_text':'x','url':'https://a.test',"
          + "'encrypted_index':'','title':'A'}";
  private static final String RESULT_IN_MESSAGES =
      "{'type':'search_result_location','cited_text':'','search_result_index':0,"
          + "'source':'https://r.test','title':'R','start_block_index':0,'end_block_index':1}";

  @Test
  void citationsOfConverseAreThoseOfTheirBlockForClientsOfAnthropic() {
    String reply = converse("{'text':'Só '}," + cited("be it.", DOCUMENT, RESULT, PAGE));
    JsonNode told = told(Client.ANTHROPIC, BEDROCK, reply);
    assertThat(text(told.path("content")))
        .isEqualTo(
            "[{'type':'text','text':'Só '},{'type':'text','text':'be it.','citations':["
                + String.join(",", IN_MESSAGES, RESULT_IN_MESSAGES, PAGE_IN_MESSAGES)
                + "]}]");
    Pair pair = new Pair(Client.ANTHROPIC, BEDROCK);
    assertThat(
            BEDROCK
                .readResponse(Client.ANTHROPIC.hello(false), Pair.bytes(reply), pair.target())
                .dropped())
        .isEmpty();
  }

  @Test
  void streamedCitationsAreDeltasOfTheirBlockForClientsOfAnthropic() {
    byte[] stream =
        stream(
            delta(0, "{'text':'Só '}"),
            end(0),
            delta(1, "{'text':'be '}"),
            delta(1, "{'citation':" + DOCUMENT + "}"),
            delta(1, "{'text':'it.'}"),
            end(1),
            delta(2, "{'citation':" + PAGE + "}"),
            end(2),
            delta(3, "{'text':'End.'}"),
            end(3));
    Pair pair = new Pair(Client.ANTHROPIC, BEDROCK);
    ChatRequest request = Client.ANTHROPIC.hello(true);
    List<String> deltas = new ArrayList<>();
    for (String line : new String(pair.told(request, List.of(stream)), UTF_8).split("\n")) {
      if (line.startsWith("data: {")) {
        JsonNode event = StrictJson.tree(line.substring(6).getBytes(UTF_8));
        if (event.path("type").asText().equals("content_block_delta")) {
          JsonNode said = event.path("delta");
          deltas.add(
              event.path("index").asInt()
                  + (said.has("text") ? said.path("text").asText() : text(said.path("citation"))));
        }
      }
    }
    assertThat(deltas)
        .containsExactly(
            "0Só ", "1be ", "1it.", "1" + IN_MESSAGES, "1" + PAGE_IN_MESSAGES, "2End.");
  }

  @Test
  void citationsOfAHistoryAndThoseThatAreAskedForReachClaudeOnBedrock() {
    String members =
        "'messages':[{'role':'user','content':[{'type':'document','title':'Doc','citations':"
            + "{'enabled':true},'source':{'type':'text','media_type':'text/plain','data':'grass'}},"
            + "{'type':'text','text':'why?','citations':null}]},{'role':'assistant','content':[{'type':'text',"
            + "'text':'so','citations':["
            + IN_MESSAGES.replace("'cited_text':''", "'cited_text':'grass'")
            + "]}]},{'role':'user','content':'and?'}]";
    ChatRequest asked = Client.ANTHROPIC.ask(members, false);
    ProviderRequest written = BEDROCK.writeRequest(asked, claude());
    assertThat(written.dropped()).isEmpty();
    JsonNode messages = Pair.body(written).path("messages");
    assertThat(messages.at("/0/content/0/document/citations/enabled").asBoolean()).isTrue();
    assertThat(text(messages.at("/1/content/0/citationsContent")))
        .isEqualTo(
            "{'content':[{'text':'so'}],'citations':[{'title':'Doc','sourceContent':[{'text':"
                + "'grass'}],'location':{'documentPage':{'documentIndex':0,'start':1,'end':1}}}]}");
    for (Client other : List.of(Client.OPENAI, Client.GEMINI)) {
      Dialect dialect = other.dialect();
      assertThat(dialect.writeRequest(asked, Pair.target(dialect, "acme")).dropped())
          .contains("messages.content.document.citations", "messages.content.citations");
    }
  }

  @Test
  void whatConverseHasNoPlaceForInCitationsIsNamed() {
    String members =
        "'messages':[{'role':'user','content':[{'type':'search_result','title':'T','source':'s',"
            + "'citations':{'enabled':true,'new':1},'content':[{'type':'text','text':'r'}]}]},"
            + "{'role':'assistant','content':[{'type':'text','text':'so','citations':[{'type':"
            + "'web_search_result_location','url':'https://a.test','title':'A','cited_text':'c',"
            + "'encrypted_index':'E','note':'n'},"
            + PAGE_IN_MESSAGES
            + "]}]},{'role':'user','content':'and?'}]";
    ChatRequest asked = Client.ANTHROPIC.ask(members, false);
    assertThat(BEDROCK.writeRequest(asked, claude()).dropped())
        .containsExactlyInAnyOrder(
            "messages.content.search_result.citations",
            "messages.content.citations.new",
            "messages.content.citations.encrypted_index",
            "messages.content.citations.note");
    Dialect gemini = Client.GEMINI.dialect();
    assertThat(gemini.writeRequest(asked, Pair.target(gemini, "acme")).dropped())
        .contains("messages.content.search_result.citations", "messages.content.citations");
  }

  private static Destination claude() {
    Destination any = Pair.target(BEDROCK, "acme");
    return new Destination(
        any.provider(), "anthropic.claude-sonnet-4-5-20250929-v1:0", Optional.empty());
  }

  @Test
  void aClientWithoutAPlaceForThemLosesThemByName() {
    for (Client client : List.of(Client.GEMINI, Client.OLLAMA)) {
      Pair pair = new Pair(client, BEDROCK);
      assertThat(
              BEDROCK
                  .readResponse(
                      client.hello(false), Pair.bytes(converse(cited("so", PAGE))), pair.target())
                  .dropped())
          .containsExactly("output.message.content.citationsContent");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"char_location", "page_location", "content_block_location"})
  void documentsThatClaudeCitesAreFiles(String type) {
    String citation =
        "{'type':'"
            + type
            + "','cited_text':'x','document_index':0,'document_title':'Doc','file_id':'f1'}";
    String reply =
        "{'id':'m','type':'message','role':'assistant','model':'c','content':[{'type':'text',"
            + "'text':'so','citations':["
            + citation
            + ",{'type':'search_result_location','cited_text':'x','search_result_index':0,"
            + "'source':'https://r.test','title':'R'}]}],'stop_reason':'end_turn'}";
    assertThat(annotations(new AnthropicDialect(), reply))
        .isEqualTo(file("f1", "Doc", 1) + "," + page("https://r.test", "R", 0, 2));
  }

  @Test
  void aCallOfTheVendorsToolIsNotTheClients() {
    String call = "'toolUse':{'toolUseId':'t1','name':'nova_grounding','type':'server_tool_use'";
    JsonNode whole =
        told(Client.OPENAI, BEDROCK, converse("{" + call + ",'input':{'q':'x'}}},{'text':'so'}"));
    assertThat(whole.at("/choices/0/message").has("tool_calls")).isFalse();
    assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    Pair pair = new Pair(Client.OPENAI, BEDROCK);
    List<ChatEvent> heard =
        pair.heard(
            Client.OPENAI.hello(true),
            List.of(
                stream(
                    "contentBlockStart {'contentBlockIndex':0,'start':{" + call + "}}}",
                    delta(0, "{'toolUse':{'input':'{}'}}"),
                    end(0),
                    delta(1, "{'text':'so'}"),
                    end(1))));
    assertThat(heard)
        .noneMatch(ChatEvent.ToolCallStarted.class::isInstance)
        .noneMatch(ChatEvent.ToolArgumentsDelta.class::isInstance)
        .contains(new ChatEvent.Dropped("output.message.content.toolUse"));
  }
}
