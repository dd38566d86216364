package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.features.Language;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The outline of a request, which is read from its bytes, in the form of every surface. */
class OutlineTest {
  private static final String SCHEMA =
      "{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}";
  private static final String SYSTEM = "You are the assistant of a travel agency. Be brief.";
  private static final String FIRST =
      "Übersetze diesen Satz ins Englische: \\u00c4pfel \\ud83c\\udf4e";
  private static final String RESPONSE = "Apples";
  private static final String LAST = "Und jetzt bitte ins Französische, mit dem Wetter von Lyon.";

  /** A request of a provider's dialect that no client speaks. */
  private static final class OtherRequest extends ParsedChatRequest {
    OtherRequest(String body) {
      super(JsonMembers.of(Pair.bytes(body)), "m", false);
    }

    @Override
    public String dialect() {
      return "bedrock";
    }

    @Override
    protected Conversation parse() {
      throw new UnsupportedOperationException("no client sends it");
    }
  }

  @TestFactory
  Stream<DynamicTest> theBytesShowWhatTheParsedRequestHas() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Client client : Client.ALL) {
      int number = 0;
      for (byte[] body : client.conversations()) {
        String name = client + " " + number++;
        ChatRequest request = client.read(body, false);
        tests.add(DynamicTest.dynamicTest(name, () -> assertShown(request)));
      }
    }
    return tests.stream();
  }

  private static void assertShown(ChatRequest request) {
    PromptOutline shown = request.outline();
    PromptOutline parsed = PromptOutline.of(request.conversation(), request.streaming());
    assertThat(shown).usingRecursiveComparison().ignoringFields("promptTokens").isEqualTo(parsed);
    assertThat((double) shown.promptTokens())
        .isCloseTo(parsed.promptTokens(), within(4 + 0.05 * parsed.promptTokens()));
  }

  @Test
  void theSameConversationHasTheSameFeaturesInEveryForm() {
    RequestFeatures first = features(forms().getFirst());
    assertThat(first.turns()).isEqualTo(2);
    assertThat(first.language().language()).isEqualTo(Language.DE);
    assertThat(first.task().cluster()).isEqualTo(TaskCluster.TRANSLATE);
    assertThat(first.needs())
        .containsExactly(Capability.TOOLS, Capability.STRUCTURED_OUTPUT, Capability.REASONING);
    assertThat(first.inputs()).containsExactly(Modality.TEXT, Modality.IMAGE);
    for (ChatRequest form : forms()) {
      RequestFeatures features = features(form);
      assertThat(features)
          .as(form.dialect())
          .usingRecursiveComparison()
          .ignoringFields("promptTokens")
          .isEqualTo(first);
      assertThat(features.promptTokens()).as(form.dialect()).isBetween(1000L, 1200L);
    }
  }

  private static RequestFeatures features(ChatRequest request) {
    return RequestFeatures.of(request.outline(), "");
  }

  private static List<ChatRequest> forms() {
    return List.of(openai(), responses(), anthropic(), gemini(), ollama(), converse());
  }

  private static ChatRequest openai() {
    return Client.OPENAI.ask(
        "'messages':[{'role':'system','content':'"
            + SYSTEM
            + "'},{'role':'user','content':[{'type':'text','text':'"
            + FIRST
            + "'},{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGg=='}}]},"
            + "{'role':'assistant','content':'"
            + RESPONSE
            + "'},{'role':'user','content':'"
            + LAST
            + "'},{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':"
            + "{'name':'look','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'1','content':'sun'}],"
            + "'tools':[{'type':'function','function':{'name':'look','parameters':"
            + SCHEMA
            + "}}],'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
            + SCHEMA
            + "}},'reasoning_effort':'low'",
        false);
  }

  private static ChatRequest responses() {
    return Client.RESPONSES.ask(
        "'input':[{'role':'user','content':[{'type':'input_text','text':'"
            + FIRST
            + "'},{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGg=='}]},"
            + "{'role':'assistant','content':'"
            + RESPONSE
            + "'},{'type':'message','content':'"
            + LAST
            + "','role':'user'},{'type':'function_call','call_id':'1','name':'look','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'1','output':'sun'}],'instructions':'"
            + SYSTEM
            + "','tools':[{'type':'function','name':'look','parameters':"
            + SCHEMA
            + "}],'text':{'format':{'type':'json_schema','name':'a','schema':"
            + SCHEMA
            + "}},'reasoning':{'effort':'low'}",
        false);
  }

  private static ChatRequest anthropic() {
    return Client.ANTHROPIC.ask(
        "'messages':[{'role':'user','content':[{'type':'text','text':'"
            + FIRST
            + "'},{'type':'image','source':{'type':'base64','media_type':'image/png',"
            + "'data':'iVBORw0KGg=='}}]},{'role':'assistant','content':'"
            + RESPONSE
            + "'},{'role':'user','content':'"
            + LAST
            + "'},{'role':'assistant','content':[{'type':'tool_use','id':'1','name':'look',"
            + "'input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'1',"
            + "'content':'sun'}]}],'system':[{'type':'text','text':'"
            + SYSTEM
            + "'}],'tools':[{'name':'look','input_schema':"
            + SCHEMA
            + "}],'output_config':{'format':{'type':'json_schema','schema':"
            + SCHEMA
            + "}},'thinking':{'type':'enabled','budget_tokens':2000}",
        false);
  }

  private static ChatRequest gemini() {
    return Client.GEMINI.ask(
        "'contents':[{'parts':[{'text':'"
            + FIRST
            + "'},{'inlineData':{'mimeType':'image/png','data':'iVBORw0KGg=='}}]},"
            + "{'role':'model','parts':[{'text':'"
            + RESPONSE
            + "'}]},{'role':'user','parts':[{'text':'"
            + LAST
            + "'}]},{'role':'model','parts':[{'functionCall':{'name':'look','args':{}}}]},"
            + "{'role':'user','parts':[{'functionResponse':{'name':'look','response':{'result':'sun'}}}]}],"
            + "'systemInstruction':{'parts':[{'text':'"
            + SYSTEM
            + "'}]},'tools':[{'functionDeclarations':[{'name':'look','parametersJsonSchema':"
            + SCHEMA
            + "}]}],'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
            + SCHEMA
            + ",'thinkingConfig':{'thinkingBudget':1024}}",
        false);
  }

  private static ChatRequest ollama() {
    return Client.OLLAMA.ask(
        "'messages':[{'role':'system','content':'"
            + SYSTEM
            + "'},{'role':'user','content':'"
            + FIRST
            + "','images':['iVBORw0KGg==']},{'role':'assistant','content':'"
            + RESPONSE
            + "'},{'role':'user','content':'"
            + LAST
            + "'},{'role':'assistant','content':'','tool_calls':[{'function':{'name':'look',"
            + "'arguments':{}}}]},{'role':'tool','tool_name':'look','content':'sun'}],"
            + "'tools':[{'type':'function','function':{'name':'look','parameters':"
            + SCHEMA
            + "}}],'think':true,'format':"
            + SCHEMA,
        false);
  }

  /** Amazon's Converse API. */
  private static ChatRequest converse() {
    return new OtherRequest(
        "{'messages':[{'role':'user','content':[{'text':'"
            + FIRST
            + "'},{'image':{'format':'png','source':{'bytes':'iVBORw0KGg=='}}}]},"
            + "{'role':'assistant','content':[{'text':'"
            + RESPONSE
            + "'}]},{'role':'user','content':[{'text':'"
            + LAST
            + "'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'1','name':'look',"
            + "'input':{}}}]},{'role':'user','content':[{'toolResult':{'toolUseId':'1','content':"
            + "[{'text':'sun'}]}}]}],'system':[{'text':'"
            + SYSTEM
            + "'}],'toolConfig':{'tools':[{'toolSpec':{'name':'look','inputSchema':{'json':"
            + SCHEMA
            + "}}}]},'outputConfig':{'textFormat':{'type':'json_schema','structure':{}}},"
            + "'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':2000}}}");
  }

  @Test
  void theOutlineNeedsNoParsedRequest() {
    ChatRequest request =
        Client.OPENAI.ask("'messages':[{'role':'user','content':'hi'},{'role':'narrator'}]", true);
    assertThat(request.outline().question()).isEqualTo("hi");
    assertThat(request.outline().needs()).containsExactly(Capability.STREAMING);
    assertThatThrownBy(request::conversation).isInstanceOf(CallerProblem.class);
  }

  @Test
  void severalCallsOfOneMessageNeedParallelTools() {
    String calls = "{'id':'1','function':{'name':'a'}},{'id':'2','function':{'name':'b'}}";
    ChatRequest request =
        Client.OPENAI.ask("'messages':[{'role':'assistant','tool_calls':[" + calls + "]}]", false);
    assertThat(request.outline().needs()).containsExactly(Capability.PARALLEL_TOOLS);
  }

  @Test
  void aSearchOfTheProviderIsNotAToolOfTheClient() {
    ChatRequest request =
        Client.ANTHROPIC.ask(
            "'messages':[{'role':'user','content':'hi'}],"
                + "'tools':[{'type':'web_search_20250305','name':'web_search'}]",
            false);
    assertThat(request.outline().needs()).containsExactly(Capability.WEB_SEARCH);
  }

  @Test
  @Timeout(5)
  void deeplyNestedContentIsWalkedAFewTimesOnly() {
    String inner = "'" + "x".repeat(20_000_000) + "'";
    String content = "{'content':".repeat(50) + inner + "}".repeat(50);
    ChatRequest request =
        Client.ANTHROPIC.ask("'messages':[{'role':'user','content':[" + content + "]}]", false);
    for (int i = 0; i < 10; i++) {
      assertThat(request.outline().question()).isEmpty();
    }
  }

  @Test
  void escapedTextIsThatOfUnescapedText() {
    String plain = "Ünïcödé 漢字 \ud83d\ude00 ".repeat(400);
    StringBuilder escaped = new StringBuilder();
    plain.chars().forEach(c -> escaped.append(c < 0x80 ? "" + (char) c : hex(c)));
    PromptOutline outline = Client.OPENAI.ask(Client.OPENAI.user(plain), false).outline();
    assertThat(Client.OPENAI.ask(Client.OPENAI.user(escaped.toString()), false).outline())
        .usingRecursiveComparison()
        .ignoringFields("promptTokens")
        .isEqualTo(outline);
  }

  private static String hex(int unit) {
    return "\\u" + HexFormat.of().toHexDigits((char) unit);
  }

  @Test
  void ofAMessageOfManyMegabytesTheEndsAreRead() {
    String text = "Translate this. " + "a\\\\n\\u00e9 ".repeat(2_000_000) + " Thanks!";
    PromptOutline outline = Client.OPENAI.ask(Client.OPENAI.user(text), false).outline();
    assertThat(outline.question()).startsWith("Translate this. ").endsWith(" Thanks!");
    assertThat(outline.question()).hasSizeLessThan(4096);
    assertThat(outline.promptTokens()).isGreaterThan(2_000_000);
  }
}
