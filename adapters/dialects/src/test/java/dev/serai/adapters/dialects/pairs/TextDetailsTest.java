package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Dropped;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sources and log probabilities of a text reach clients that have a place for them. */
class TextDetailsTest {
  private static final Pair TO_CHATS = new Pair(Client.RESPONSES, new OpenAiDialect());
  private static final Pair TO_RESPONSES = new Pair(Client.OPENAI, new ResponsesDialect());

  private static final String SOURCE = "'url':'https://a.test','title':'A'";
  private static final String CHAT_SOURCE =
      "{'type':'url_citation','url_citation':{'start_index':0,'end_index':2," + SOURCE + "}}";
  private static final String FILE =
      "{'type':'file_citation','file_id':'f1','filename':'a.txt','index':5}";
  private static final String TOKENS =
      "{'token':'So','logprob':-0.25,'bytes':[83,111],'top_logprobs':[]},"
          + "{'token':' be it.','logprob':-1.5,'bytes':null,'top_logprobs':[]}";

  /** The offsets of annotations count from the beginning of their part. */
  private static String source(int start, int end) {
    return "{'type':'url_citation','start_index':"
        + start
        + ",'end_index':"
        + end
        + ","
        + SOURCE
        + "}";
  }

  private static String chat(String more, String ofChoice) {
    return "{'id':'c','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
        + "'message':{'role':'assistant','content':'So be it.'"
        + more
        + "},'finish_reason':'stop'"
        + ofChoice
        + "}]}";
  }

  private static String response(String... parts) {
    return "{'id':'r','object':'response','created_at':1,'model':'m','status':'completed',"
        + "'output':[{'id':'m1','type':'message','status':'completed','role':'assistant',"
        + "'content':["
        + String.join(",", parts)
        + "]}]}";
  }

  private static String part(String text, String annotations, String logprobs) {
    return "{'type':'output_text','text':'"
        + text
        + "','annotations':["
        + annotations
        + "],'logprobs':["
        + logprobs
        + "]}";
  }

  private static JsonNode answered(Pair pair, String reply) {
    ChatRequest request = pair.client().hello(false);
    pair.write(request);
    assertThat(pair.dialect().readResponse(request, Pair.bytes(reply), pair.target()).dropped())
        .isEmpty();
    return StrictJson.tree(pair.answered(request, Pair.bytes(reply), pair.target()));
  }

  private static String text(JsonNode json) {
    return json.toString().replace('"', '\'');
  }

  @Test
  void aChatsSourcesAreInTheResponse() {
    JsonNode told = answered(TO_CHATS, chat(",'annotations':[" + CHAT_SOURCE + "]", ""));
    assertThat(text(told.at("/output/0/content/0/annotations")))
        .isEqualTo("[" + source(0, 2) + "]");
  }

  @Test
  void theWebPagesOfAllPartsAreInTheChatsMessage() {
    byte[] reply =
        Pair.bytes(
            response(
                part("Só 🙂 ", source(0, 2), ""), part("be it.", source(0, 2) + "," + FILE, "")));
    ChatRequest request = Client.OPENAI.hello(false);
    JsonNode told = StrictJson.tree(TO_RESPONSES.answered(request, reply, TO_RESPONSES.target()));
    JsonNode message = told.at("/choices/0/message");
    assertThat(message.path("content").asText()).isEqualTo("Só 🙂 be it.");
    assertThat(text(message.path("annotations")))
        .isEqualTo(
            "["
                + CHAT_SOURCE
                + ","
                + CHAT_SOURCE.replace(":0,", ":5,").replace(":2,", ":7,")
                + "]");
    assertThat(TO_RESPONSES.dialect().readResponse(request, reply, TO_RESPONSES.target()).dropped())
        .containsExactly("output.content.annotations.file_citation");
  }

  @Test
  void aChatsLogProbabilitiesAreInTheResponseAndBack() {
    JsonNode told =
        answered(TO_CHATS, chat("", ",'logprobs':{'content':[" + TOKENS + "],'refusal':null}"));
    assertThat(text(told.at("/output/0/content/0/logprobs"))).isEqualTo("[" + TOKENS + "]");
    JsonNode back = answered(TO_RESPONSES, response(part("So be it.", "", TOKENS)));
    assertThat(text(back.at("/choices/0/logprobs")))
        .isEqualTo("{'content':[" + TOKENS + "],'refusal':null}");
  }

  private static final String CITED =
      ",'citations':['https://a.test'],'search_results':[{'title':'A','url':'https://a.test'}]}";
  private static final String OF_ALL =
      "{'type':'url_citation','start_index':0,'end_index':9," + SOURCE + "}";

  @Test
  void citationsBesideTheChoicesAreSourcesOfAllText() {
    JsonNode told = answered(TO_CHATS, chat("", "").replaceFirst("}$", CITED));
    assertThat(text(told.at("/output/0/content/0/annotations"))).isEqualTo("[" + OF_ALL + "]");
    String chunk =
        "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'So be it.'},"
            + "'finish_reason':'stop'}]"
            + CITED
            + "\n\ndata: [DONE]\n\n";
    List<JsonNode> events = told(TO_CHATS, Pair.bytes(chunk));
    assertThat(ofType(events, "response.output_text.annotation.added"))
        .singleElement()
        .extracting(event -> text(event.path("annotation")))
        .isEqualTo(OF_ALL);
  }

  @Test
  void geminisLogProbabilitiesAreInTheChat() {
    Pair pair = new Pair(Client.OPENAI, new GeminiDialect());
    JsonNode told =
        answered(
            pair,
            "{'candidates':[{'content':{'role':'model','parts':[{'text':'Só'}]},'finishReason':"
                + "'STOP','logprobsResult':{'chosenCandidates':[{'token':'Só','logProbability':"
                + "-0.5}],'topCandidates':[{'candidates':[{'token':'Só','logProbability':-0.5},"
                + "{'token':'No','logProbability':-2}]}]}}]}");
    assertThat(text(told.at("/choices/0/logprobs/content")))
        .isEqualTo(
            "[{'token':'Só','logprob':-0.5,'bytes':[83,195,179],'top_logprobs':[{'token':'Só',"
                + "'logprob':-0.5,'bytes':[83,195,179]},{'token':'No','logprob':-2,'bytes':"
                + "[78,111]}]}]");
  }

  private static String cited(int start, int end) {
    return "[" + source(start, end) + "]";
  }

  private static String ofWhole(Pair pair, String reply) {
    ChatRequest request = pair.client().hello(false);
    pair.write(request);
    JsonNode told = StrictJson.tree(pair.answered(request, Pair.bytes(reply), pair.target()));
    JsonNode annotations = told.at("/output/0/content/1/annotations");
    return text(
        annotations.isMissingNode() ? told.at("/output/0/content/0/annotations") : annotations);
  }

  private static String ofStream(Pair pair, String stream) {
    ChatRequest request = pair.client().hello(true);
    List<JsonNode> events = events(pair.told(request, List.of(Pair.bytes(stream))));
    return ofType(events, "response.output_text.annotation.added").stream()
        .map(event -> text(event.path("annotation")))
        .toList()
        .toString();
  }

  @Test
  void anthropicsCitationsAreSourcesOfTheirBlock() {
    Pair pair = new Pair(Client.RESPONSES, new AnthropicDialect());
    String citation = "{'type':'web_search_result_location'," + SOURCE + ",'cited_text':'x'}";
    String whole =
        "{'id':'m','type':'message','role':'assistant','model':'c','content':[{'type':'text','text':'Só"
            + " '},{'type':'text','text':'be it.','citations':["
            + citation
            + "]}],'stop_reason':'end_turn'}";
    assertThat(ofWhole(pair, whole)).isEqualTo(cited(0, 6));
    String stream =
        "data: {'type':'message_start','message':{'id':'m','content':[]}}\n\n"
            + "data: {'type':'content_block_start','index':0,'content_block':{'type':'text',"
            + "'text':'Só '}}\n\ndata: {'type':'content_block_stop','index':0}\n\n"
            + "data: {'type':'content_block_start','index':1,'content_block':{'type':'text',"
            + "'text':'','citations':[]}}\n\n"
            + "data: {'type':'content_block_delta','index':1,'delta':{'type':'citations_delta',"
            + "'citation':"
            + citation
            + "}}\n\ndata: {'type':'content_block_delta','index':1,'delta':{'type':'text_delta',"
            + "'text':'be it.'}}\n\ndata: {'type':'content_block_stop','index':1}\n\n"
            + "data: {'type':'message_delta','delta':{'stop_reason':'end_turn'}}\n\n"
            + "data: {'type':'message_stop'}\n\n";
    assertThat(ofStream(pair, stream)).isEqualTo(cited(3, 9));
  }

  @Test
  void geminisWebPagesAreSourcesOfTheSegmentsThatTheySupport() {
    Pair pair = new Pair(Client.RESPONSES, new GeminiDialect());
    String grounding =
        "'groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://a.test','title':'A'}}],"
            + "'groundingSupports':[{'segment':{'startIndex':4,'endIndex':10},"
            + "'groundingChunkIndices':[0,7]}]}";
    String head = "{'candidates':[{'content':{'role':'model','parts':[{'text':'";
    String whole = head + "Só be it.'}]},'finishReason':'STOP'," + grounding + "}]}";
    assertThat(ofWhole(pair, whole)).isEqualTo(cited(3, 9));
    String stream =
        "data: "
            + head
            + "Só '}]}}]}\n\ndata: "
            + head
            + "be it.'}]},'finishReason':'STOP',"
            + grounding
            + "}]}\n\n";
    assertThat(ofStream(pair, stream)).isEqualTo(cited(3, 9));
  }

  @TestFactory
  Stream<DynamicTest> toOthersTheyAreNamed() {
    Map<Dialect, byte[]> replies =
        Map.of(
            new OpenAiDialect(),
            Pair.bytes(
                chat(",'annotations':[" + CHAT_SOURCE + "]", ",'logprobs':{'content':[{}]}")),
            new ResponsesDialect(),
            Pair.bytes(response(part("So be it.", source(0, 2), TOKENS))));
    return replies.keySet().stream()
        .flatMap(dialect -> Client.ALL.stream().map(client -> new Pair(client, dialect)))
        .filter(pair -> pair.client() == Client.ANTHROPIC || pair.client() == Client.GEMINI)
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.name(),
                    () ->
                        assertThat(
                                pair.dialect()
                                    .readResponse(
                                        pair.client().hello(false),
                                        replies.get(pair.dialect()),
                                        pair.target())
                                    .dropped())
                            .hasSize(2)
                            .allMatch(name -> name.matches(".*(annotations|logprobs)"))));
  }

  private static final List<String> CHUNKS =
      List.of(
          "'delta':{'role':'assistant','content':''},'logprobs':null",
          "'delta':{'content':'So'},'logprobs':{'content':[{'token':'So','logprob':-0.25}]}",
          "'delta':{'content':' be it.'},'logprobs':{'content':[{'token':' be it.','logprob':-1}]}",
          "'delta':{'annotations':[" + CHAT_SOURCE + "]}",
          "'delta':{},'finish_reason':'stop'");

  private static byte[] chunks() {
    StringBuilder stream = new StringBuilder();
    for (String chunk : CHUNKS) {
      stream.append("data: {'id':'c','model':'m','choices':[{'index':0,").append(chunk);
      stream.append("}]}\n\n");
    }
    return Pair.bytes(stream + "data: [DONE]\n\n");
  }

  private static List<JsonNode> events(byte[] stream) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : new String(stream, StandardCharsets.UTF_8).split("\n")) {
      if (line.startsWith("data: {")) {
        events.add(StrictJson.tree(line.substring(6).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return events;
  }

  private static List<JsonNode> told(Pair pair, byte[] stream) {
    ChatRequest request = pair.client().hello(true);
    pair.write(request);
    List<ChatEvent> heard = pair.heard(request, List.of(stream));
    assertThat(heard).noneMatch(Dropped.class::isInstance);
    return events(pair.rendered(request, heard));
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  @Test
  void aStreamedChatsDetailsAreInTheEventsOfAResponse() {
    List<JsonNode> events = told(TO_CHATS, chunks());
    List<JsonNode> deltas = ofType(events, "response.output_text.delta");
    assertThat(deltas)
        .extracting(event -> text(event.path("logprobs")))
        .containsExactly("[{'token':'So','logprob':-0.25}]", "[{'token':' be it.','logprob':-1}]");
    JsonNode added = ofType(events, "response.output_text.annotation.added").getFirst();
    assertThat(text(added.path("annotation"))).isEqualTo(source(0, 2));
    assertThat(added.path("annotation_index").asInt(-1)).isZero();
    JsonNode part =
        ofType(events, "response.completed").getFirst().at("/response/output/0/content/0");
    assertThat(text(part.path("annotations"))).isEqualTo("[" + source(0, 2) + "]");
    assertThat(part.path("logprobs")).hasSize(2);
    assertThat(ofType(events, "response.output_item.done").getFirst().at("/item/content/0"))
        .isEqualTo(part);
  }

  @Test
  void aStreamedResponsesDetailsAreInTheChunksOfAChat() {
    byte[] stream =
        new Pair(Client.RESPONSES, new OpenAiDialect())
            .told(Client.RESPONSES.hello(true), List.of(chunks()));
    List<JsonNode> chunks = told(TO_RESPONSES, stream);
    assertThat(chunks)
        .extracting(chunk -> text(chunk.at("/choices/0/logprobs/content")))
        .contains("[{'token':'So','logprob':-0.25}]", "[{'token':' be it.','logprob':-1}]");
    assertThat(chunks)
        .filteredOn(chunk -> !chunk.at("/choices/0/delta/annotations").isEmpty())
        .singleElement()
        .extracting(chunk -> text(chunk.at("/choices/0/delta/annotations")))
        .isEqualTo("[" + CHAT_SOURCE + "]");
  }

  @Test
  void detailsThatOnlyTheLastEventHasReachTheClient() {
    String whole = response(part("So be it.", source(0, 2), TOKENS));
    List<JsonNode> chunks =
        told(
            TO_RESPONSES,
            Pair.bytes("data: {'type':'response.completed','response':" + whole + "}\n\n"));
    assertThat(chunks.stream().map(TextDetailsTest::text).toList().toString())
        .containsOnlyOnce("[" + CHAT_SOURCE + "]")
        .containsOnlyOnce(TOKENS);
  }
}
