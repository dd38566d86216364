package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Playback;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponse.Page;
import dev.serai.core.responses.StoredResponses;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests of a Responses client to a provider that speaks Responses. */
class NativeResponsesTest {
  private static final Dialect BOTH = new OpenAiDialect(new ResponsesDialect());
  private static final Path STREAMS = Cassettes.folder("responses", "streams");

  private static Asked at(String... quirks) {
    Asked asked = Asked.of(BOTH, "https://acme.test/v1", "gpt-5", quirks);
    Dialect chosen = BOTH.choose(request("{'model':'m','input':'x'}"), asked.destination());
    return new Asked(chosen, asked.destination());
  }

  private static ChatRequest request(String json) {
    return ResponsesSurfaceTest.request(json);
  }

  private static String path(Asked asked) {
    return asked.write(request("{'model':'m','input':'x'}")).path();
  }

  @Test
  void theApiIsChosenByRequestAndQuirks() {
    assertThat(path(at())).isEqualTo("/chat/completions");
    assertThat(path(at("responses"))).isEqualTo("/responses");
    assertThat(path(at("responses-only"))).isEqualTo("/responses");
    assertThat(path(at("responses", "api-version-2024-10-21"))).contains("/chat/completions");
    ChatRequest chat = Asked.asking("");
    assertThat(BOTH.choose(chat, at("responses").destination())).isSameAs(BOTH);
    assertThat(BOTH.choose(chat, at("responses-only").destination()).name()).isEqualTo("responses");
  }

  private static String pathTo(String model, ChatRequest request) {
    Asked asked = Asked.of(BOTH, "https://acme.test/v1", model, "responses");
    return BOTH.choose(request, asked.destination())
        .writeRequest(request, asked.destination())
        .path();
  }

  private static ChatRequest messages(String members) {
    String json = "{'model':'m','max_tokens':99,'messages':[{'role':'user','content':'x'}]";
    return new AnthropicSurface()
        .readRequest(Inbound.post("/v1/messages", (json + members + "}").replace('\'', '"')));
  }

  @Test
  void functionsReachModelsThatRefuseThemInChatsByResponses() {
    String tools = ",'tools':[{'name':'f','input_schema':{'type':'object'}}]";
    for (String model :
        List.of("gpt-5.4", "gpt-5.6-terra", "gpt-5.10", "gpt-6-sol", "gpt-6.1-terra")) {
      assertThat(pathTo(model, messages(tools))).isEqualTo("/responses");
      assertThat(pathTo(model, messages(tools + ",'thinking':{'type':'disabled'}")))
          .isEqualTo("/responses");
      assertThat(pathTo(model, messages(""))).isEqualTo("/chat/completions");
    }
    for (String model :
        List.of("gpt-4o", "gpt-35-turbo", "gpt-5.1", "gpt-5.4-chat-latest", "x/gpt-5.4")) {
      assertThat(pathTo(model, messages(tools))).isEqualTo("/chat/completions");
    }
    ChatRequest chat = Asked.asking("'tools':[{'type':'function','function':{'name':'f'}}]");
    assertThat(pathTo("gpt-5.6", chat)).isEqualTo("/chat/completions");
  }

  @Test
  void onlyTheModelsNameChanges() {
    String json =
        "{ 'input' :\t'x', 'nobody' : [1.50] ,'model':'fast', 'tools':[{'type':'custom',"
            + "'name':'p','x':null}]}";
    byte[] sent = at("responses").write(request(json)).body();
    assertThat(new String(sent, StandardCharsets.UTF_8).replace('"', '\''))
        .isEqualTo(json.replace("'fast'", "'gpt-5'"));
    ChatRequest same = request("{'model':'gpt-5','input':'x'}");
    assertThat(at("responses").write(same).body()).isSameAs(same.bytes());
  }

  @Test
  void aProviderThatRefusesSummariesIsAskedForNone() {
    ChatRequest own =
        request("{'model':'m','input':'x','reasoning':{'effort':'low','summary':'auto'}}");
    Asked unverified = at("responses", "no-reasoning-summary");
    assertThat(unverified.body(own)).contains("'reasoning':{'effort':'low'}");
    assertThat(unverified.dropped(own)).containsExactly("reasoning.summary");
    ChatRequest without = request("{'model':'gpt-5','input':'x','reasoning':{'effort':'low'}}");
    assertThat(unverified.write(without).body()).isSameAs(without.bytes());
    assertThat(at("responses").body(own)).contains("'summary':'auto'");
    ChatRequest translated = messages(",'output_config':{'effort':'low'}");
    Asked only = at("responses-only", "no-reasoning-summary");
    assertThat(only.body(translated)).contains("'reasoning':{'effort':'low'}");
    assertThat(at("responses-only").body(translated)).contains("'summary':'auto'");
  }

  @Test
  void foreignStateIsRemovedAndOwnStateSentBack() {
    String foreign = OpaqueStateCodec.encode(new OpaqueState("anthropic", "a", "signature", "s"));
    String own =
        OpaqueStateCodec.encode(new OpaqueState("responses", "acme", "encrypted_content", "gAAA"));
    String callId =
        OpaqueStateCodec.callId(
            "call_1", Optional.of(new OpaqueState("gemini", "g", "thoughtSignature", "t")));
    String body =
        at("responses")
            .body(
                request(
                    "{'model':'m','input':[{'type':'reasoning','id':'rs_1','summary':[],"
                        + "'encrypted_content':'"
                        + foreign
                        + "'},{'type':'reasoning','id':'rs_2','summary':[],'encrypted_content':'"
                        + own
                        + "'},{'type':'function_call','call_id':'"
                        + callId
                        + "','name':'f','arguments':'{}'}]}"));
    assertThat(body)
        .contains("'encrypted_content':'gAAA'", "'call_id':'call_1'")
        .doesNotContain("rs_1", OpaqueStateCodec.MARK);
  }

  private static final String REASONED =
      "{'model':'m','input':[{'type':'reasoning','id':'rs_9','summary':[],"
          + "'encrypted_content':'gAAAraw'},{'type':'function_call','id':'fc_9','call_id':'c',"
          + "'name':'f','arguments':'{}'},{'role':'user','content':'hi'}]}";

  private static Destination other(Destination destination) {
    ProviderProfile like = destination.provider();
    return new Destination(
        new ProviderProfile(
            "other", like.dialect(), like.baseUrl(), like.keyName(), like.quirks(), List.of()),
        destination.model(),
        destination.key());
  }

  @Test
  void encryptedReasoningIsNotSentToTheFailoverProvider() {
    Asked first = at("responses");
    Asked second = new Asked(first.dialect(), other(first.destination()));
    ChatRequest request = request(REASONED);
    assertThat(first.body(request)).contains("gAAAraw", "rs_9", "fc_9");
    assertThat(second.body(request)).contains("'call_id':'c'").doesNotContain("rs_9", "fc_9");
    assertThat(second.dropped(request)).containsExactly("input.reasoning");
    assertThat(first.body(request)).contains("gAAAraw", "rs_9", "fc_9");
  }

  @Test
  void encryptedReasoningGoesBackToTheFailoverProviderThatMadeIt() {
    Asked first = at("responses");
    Asked second = new Asked(first.dialect(), other(first.destination()));
    byte[] response =
        ("{'id':'resp_1','object':'response','output':[{'type':'reasoning','id':'rs_9',"
                + "'summary':[],'encrypted_content':'gAAA\\u0072aw'}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    second.dialect().readUsage(response, second.destination());
    ChatRequest request = request(REASONED);
    assertThat(first.body(request)).doesNotContain("gAAAraw");
    assertThat(first.dropped(request)).containsExactly("input.reasoning");
    assertThat(second.body(request)).contains("gAAAraw", "rs_9");
    assertThat(second.dropped(request)).isEmpty();
  }

  private static String relayed(ChatRequest request, List<ChatEvent> events) {
    ChatEventWriter writer = ResponsesSurfaceTest.SURFACE.streamWriter(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.forEach(event -> bytes.writeBytes(writer.write(event)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Stream<DynamicTest> eachStream(Claim claim) {
    return Cassettes.names(STREAMS, ".wire").stream()
        .map(name -> dynamicTest(name, () -> claim.hold(name)));
  }

  /** A claim about a recording. */
  private interface Claim {
    void hold(String name);
  }

  private static Playback playback(ChatRequest request, String name) {
    byte[] wire = Cassettes.bytes(STREAMS.resolve(name + ".wire"));
    Asked asked = at("responses");
    return new Playback(asked.dialect(), request, asked.destination(), true, wire);
  }

  @TestFactory
  Stream<DynamicTest> aStreamThatEndsIsRelayedByteByByte() {
    return eachStream(
        name -> {
          ChatRequest request = request("{'model':'m','stream':true,'input':'x'}");
          Playback playback = playback(request, name);
          List<ChatEvent> events = playback.whole();
          String told = relayed(request, events);
          String wire = new String(playback.wire(), StandardCharsets.UTF_8);
          if (events.getLast() instanceof ChatEvent.Ended) {
            assertThat(told).isEqualTo(wire);
            assertThat(((ContinuingRequest) request).toStore()).isPresent();
          } else {
            assertThat(told).contains("event: response.failed");
            ReceivedStream.of(told).followsTheGrammar();
            assertThat(((ContinuingRequest) request).toStore()).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aRelayedStreamIsTheSameWhereverItIsCut() {
    return eachStream(
        name -> {
          ChatRequest request = request("{'model':'m','stream':true,'input':'x'}");
          Playback playback = playback(request, name);
          Object whole = Playback.relay(playback.whole());
          for (int at = 0; at < playback.wire().length; at++) {
            assertThat(Playback.relay(playback.cut(at))).isEqualTo(whole);
          }
          assertThat(Playback.relay(playback.byteByByte())).isEqualTo(whole);
        });
  }

  /** The stored responses of one tenant. */
  private static final class Kept implements StoredResponses {
    private final Map<String, StoredResponse> byId = new HashMap<>();

    @Override
    public void store(StoredResponse response) {
      byId.put(response.id(), response);
      response.itemIds().forEach(item -> byId.put(item, response));
    }

    @Override
    public Optional<StoredResponse> find(String id) {
      return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<StoredResponse> findByItem(String itemId) {
      return find(itemId);
    }

    @Override
    public boolean delete(String id) {
      return byId.remove(id) != null;
    }
  }

  private final Kept kept = new Kept();

  /** Writes a request to a provider that stores {@code resp_68a1} with the item {@code msg_0}. */
  private void servedNatively(String members) {
    ChatRequest request = request("{'model':'m','stream':true," + members + "}");
    at("responses").write(request);
    playback(request, "text").whole();
    kept.store(((ContinuingRequest) request).toStore().orElseThrow());
  }

  private ContinuingRequest recalling(String members) {
    ContinuingRequest request = (ContinuingRequest) request("{'model':'m'," + members + "}");
    request.load(kept);
    return request;
  }

  @Test
  void aReferenceIsSentToTheProviderThatStoresTheResponse() {
    servedNatively("'input':'hi'");
    ContinuingRequest next = recalling("'previous_response_id':'resp_68a1','input':'and?'");
    assertThat(next.storedBy()).contains("acme");
    assertThat(at("responses").body(next))
        .isEqualTo("{'model':'gpt-5','previous_response_id':'resp_68a1','input':'and?'}");
  }

  @Test
  void theWholeHistoryIsSentToAnyOtherProvider() {
    servedNatively("'input':'hi'");
    ContinuingRequest next = recalling("'previous_response_id':'resp_68a1','input':'and?'");
    String again = at("responses", "responses-stateless").body(next);
    assertThat(again)
        .doesNotContain("previous_response_id", "msg_0")
        .contains("'text':'hi'", "Hello, wörld 👋", "'text':'and?'");
    assertThat(Asked.of(new OpenAiDialect(), "https://b.test/v1", "m").body(next))
        .contains(
            "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':"
                + "'Hello, wörld 👋'},{'role':'user','content':'and?'}]");
  }

  @Test
  void anItemReferenceIsResolvedByItsId() {
    servedNatively("'input':'hi'");
    ContinuingRequest next =
        recalling("'input':[{'type':'item_reference','id':'msg_0'},{'role':'user','content':'?'}]");
    assertThat(at("responses").body(next)).contains("item_reference");
    assertThat(Asked.of(new OpenAiDialect(), "https://b.test/v1", "m").body(next))
        .contains("{'role':'assistant','content':'Hello, wörld 👋'}");
  }

  @Test
  void aReferenceToAnUnknownResponseIsRefused() {
    assertThatThrownBy(() -> recalling("'previous_response_id':'resp_no','input':'x'"))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("Previous response with id 'resp_no' not found.");
    assertThatThrownBy(() -> recalling("'input':[{'type':'item_reference','id':'msg_no'}]"))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("Item with id 'msg_no' not found.");
  }

  @Test
  void nothingIsStoredIfStoreIsFalse() {
    ChatRequest request = request("{'model':'m','stream':true,'store':false,'input':'hi'}");
    playback(request, "text").whole();
    assertThat(((ContinuingRequest) request).toStore()).isEmpty();
  }

  @Test
  void inputItemsAreListedPageByPage() {
    servedNatively("'input':[{'role':'user','content':'one'},{'role':'user','content':'two'}]");
    StoredResponse response = kept.find("resp_68a1").orElseThrow();
    String first =
        new String(
            response.inputItems(new Page(1, false, Optional.empty())), StandardCharsets.UTF_8);
    assertThat(first).contains("one", "input_text", "\"has_more\":true").doesNotContain("two");
    String id = StrictJson.tree(first.getBytes(StandardCharsets.UTF_8)).path("last_id").textValue();
    assertThat(
            new String(
                response.inputItems(new Page(5, false, Optional.of(id))), StandardCharsets.UTF_8))
        .contains("two", "\"has_more\":false")
        .doesNotContain("one");
  }
}
