package dev.serai.adapters.dialects.anthropic;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static dev.serai.adapters.dialects.translation.Asked.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
  private static final String WEATHER =
      "'tools':[{'type':'function','function':{'name':'weather','description':'Tells it.',"
          + "'parameters':{'type':'object','properties':{'city':{'type':'string'}}}}}]";
  private static final String CALL =
      "{'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function',"
          + "'function':{'name':'weather','arguments':'%s'}}]}";

  private final Asked asked = model("claude-sonnet-4-5");

  private static Asked model(String name, String... quirks) {
    return Asked.of(new AnthropicDialect(), "https://api.anthropic.com/v1", name, quirks);
  }

  private String messages(String messages) {
    return asked.member("messages", saying(messages, ""));
  }

  @Test
  void aPlainRequestIsWrittenWhole() {
    ChatRequest request =
        asking("'stream':true,'max_tokens':99,'temperature':0.5,'stop':'END','user':'u-1'");
    assertThat(asked.body(request))
        .isEqualTo(
            "{'model':'claude-sonnet-4-5','max_tokens':99,'temperature':0.5,"
                + "'stop_sequences':['END'],"
                + "'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}],"
                + "'metadata':{'user_id':'u-1'},'stream':true}");
    assertThat(asked.dropped(request)).isEmpty();
  }

  @Test
  void theKeyAndTheVersionGoIntoHeaders() {
    ProviderRequest written = asked.write(asking(""));
    assertThat(written.headers().first("x-api-key")).contains("secret-key");
    assertThat(written.headers().first("anthropic-version")).contains("2023-06-01");
    assertThat(written.headers().first("authorization")).isEmpty();
    assertThat(written.method()).isEqualTo("POST");
    assertThat(written.toString()).doesNotContain("secret-key");
  }

  @Test
  void aBaseUrlMayEndWithItsVersionOrNot() {
    assertThat(path("https://api.anthropic.com/v1")).isEqualTo("/messages");
    assertThat(path("https://api.anthropic.com/v1/")).isEqualTo("/messages");
    assertThat(path("https://api.anthropic.com")).isEqualTo("/v1/messages");
    assertThat(path("https://acme.test/anthropic/")).isEqualTo("/v1/messages");
  }

  private static String path(String baseUrl) {
    return Asked.of(new AnthropicDialect(), baseUrl, "claude-sonnet-4-5").write(asking("")).path();
  }

  @Test
  void aLimitIsAlwaysSent() {
    assertThat(model("claude-3-haiku-20240307").member("max_tokens", asking(""))).isEqualTo("4096");
    assertThat(model("claude-3-5-sonnet-20241022").member("max_tokens", asking("")))
        .isEqualTo("8192");
    assertThat(model("claude-opus-4-20250514").member("max_tokens", asking(""))).isEqualTo("32000");
    assertThat(model("kimi-k2").member("max_tokens", asking(""))).isEqualTo("8192");
    assertThat(asked.member("max_tokens", asking("'max_completion_tokens':7"))).isEqualTo("7");
  }

  @Test
  void systemAndDeveloperMessagesAreHoistedInOrderFromAnywhere() {
    ChatRequest request =
        saying(
            "{'role':'system','content':'one'},{'role':'user','content':'a'},"
                + "{'role':'developer','content':'two'},{'role':'user','content':'b'},"
                + "{'role':'system','content':[{'type':'text','text':'three'}]}",
            "");
    assertThat(asked.member("system", request))
        .isEqualTo(
            "[{'type':'text','text':'one'},{'type':'text','text':'two'},"
                + "{'type':'text','text':'three'}]");
    assertThat(asked.member("messages", request))
        .isEqualTo(
            "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]");
  }

  @Test
  void instructionsAloneAreWhatTheUserSays() {
    ChatRequest request = saying("{'role':'system','content':'Tell a joke.'}", "");
    assertThat(asked.member("system", request)).isEmpty();
    assertThat(asked.member("messages", request))
        .isEqualTo("[{'role':'user','content':[{'type':'text','text':'Tell a joke.'}]}]");
  }

  @Test
  void anAssistantThatSpeaksFirstIsAnnounced() {
    assertThat(messages("{'role':'assistant','content':'Hello'},{'role':'user','content':'hi'}"))
        .isEqualTo(
            "[{'role':'user','content':[{'type':'text','text':'(The assistant speaks first.)'}]},"
                + "{'role':'assistant','content':[{'type':'text','text':'Hello'}]},"
                + "{'role':'user','content':[{'type':'text','text':'hi'}]}]");
  }

  @Test
  void emptyTextIsLeftOut() {
    assertThat(
            messages(
                "{'role':'user','content':[{'type':'text','text':''},"
                    + "{'type':'text','text':'x'}]},{'role':'assistant','content':' '},"
                    + "{'role':'user','content':'y'}"))
        .isEqualTo(
            "[{'role':'user','content':[{'type':'text','text':'x'},{'type':'text','text':'y'}]}]");
  }

  @Test
  void messagesWithoutContentAreTheCallersMistake() {
    assertThatThrownBy(() -> messages("{'role':'user','content':''}"))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aBegunResponseDoesNotEndInWhiteSpace() {
    assertThat(messages("{'role':'user','content':'hi'},{'role':'assistant','content':'Well, '}"))
        .endsWith("{'role':'assistant','content':[{'type':'text','text':'Well,'}]}]");
  }

  @Test
  void resultsOfParallelCallsAreOneTurnWithWhatTheUserAdds() {
    String calls =
        "{'role':'assistant','content':'Both.','tool_calls':["
            + "{'id':'a','type':'function','function':{'name':'f','arguments':'{\\'x\\':1}'}},"
            + "{'id':'b','type':'function','function':{'name':'g','arguments':''}}]}";
    assertThat(
            messages(
                "{'role':'user','content':'go'},"
                    + calls
                    + ",{'role':'tool','tool_call_id':'a','content':'1'},"
                    + "{'role':'tool','tool_call_id':'b','content':''},"
                    + "{'role':'user','content':'and now?'}"))
        .isEqualTo(
            "[{'role':'user','content':[{'type':'text','text':'go'}]},"
                + "{'role':'assistant','content':[{'type':'text','text':'Both.'},"
                + "{'type':'tool_use','id':'a','name':'f','input':{'x':1}},"
                + "{'type':'tool_use','id':'b','name':'g','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a',"
                + "'content':[{'type':'text','text':'1'}]},"
                + "{'type':'tool_result','tool_use_id':'b'},"
                + "{'type':'text','text':'and now?'}]}]");
  }

  @Test
  void argumentsOtherThanAJsonObjectArePassedAsText() {
    assertThat(messages(CALL.formatted("{\\'city\\':")))
        .contains("'input':{'arguments':'{\\'city\\':'}");
    assertThat(messages(CALL.formatted("[1]"))).contains("'input':{'arguments':'[1]'}");
  }

  @Test
  void idsOfOtherDialectsAreMadeToFit() {
    assertThat(
            messages(
                "{'role':'assistant','tool_calls':[{'id':'f:1.x','type':'function',"
                    + "'function':{'name':'f','arguments':'{}'}}]},"
                    + "{'role':'tool','tool_call_id':'f:1.x','content':'1'}"))
        .containsPattern("'id':'(f_1_x_\\w{9})'.*'tool_use_id':'\\1'");
  }

  @Test
  void callsInTheHistoryHaveTheirToolsDefinedButNotCalled() {
    String history =
        CALL.formatted("{}") + ",{'role':'tool','tool_call_id':'call_1','content':'1'}";
    ChatRequest request = saying(history, "");
    assertThat(asked.member("tools", request))
        .isEqualTo("[{'name':'weather','input_schema':{'type':'object','properties':{}}}]");
    assertThat(asked.member("tool_choice", request)).isEqualTo("{'type':'none'}");
  }

  @Test
  void toolsAreOfferedWithTheirSchema() {
    assertThat(asked.member("tools", asking(WEATHER)))
        .isEqualTo(
            "[{'name':'weather','description':'Tells it.','input_schema':"
                + "{'type':'object','properties':{'city':{'type':'string'}}}}]");
    assertThat(asked.member("tool_choice", asking(WEATHER))).isEmpty();
    assertThat(
            asked.member(
                "tools", asking("'tools':[{'type':'function','function':{'name':'now'}}]")))
        .isEqualTo("[{'name':'now','input_schema':{'type':'object','properties':{}}}]");
  }

  @Test
  void everyToolChoiceHasItsWord() {
    assertThat(choice("'tool_choice':'auto'")).isEqualTo("{'type':'auto'}");
    assertThat(choice("'tool_choice':'required'")).isEqualTo("{'type':'any'}");
    assertThat(choice("'tool_choice':'none','parallel_tool_calls':false"))
        .isEqualTo("{'type':'none'}");
    assertThat(choice("'tool_choice':{'type':'function','function':{'name':'weather'}}"))
        .isEqualTo("{'type':'tool','name':'weather'}");
    assertThat(choice("'parallel_tool_calls':false"))
        .isEqualTo("{'type':'auto','disable_parallel_tool_use':true}");
    assertThat(choice("'tool_choice':'required','parallel_tool_calls':true"))
        .isEqualTo("{'type':'any','disable_parallel_tool_use':false}");
  }

  private String choice(String members) {
    return asked.member("tool_choice", asking(WEATHER + "," + members));
  }

  @Test
  void aToolChoiceWithoutToolsIsDropped() {
    ChatRequest request = asking("'tool_choice':'required'");
    assertThat(asked.member("tool_choice", request)).isEmpty();
    assertThat(asked.dropped(request)).containsExactly("tool_choice");
  }

  @Test
  void imagesAndDocumentsBecomeBlocks() {
    ChatRequest request =
        saying(
            "{'role':'user','content':["
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}},"
                + "{'type':'image_url','image_url':{'url':'https://a.test/b.jpg','detail':'low'}},"
                + "{'type':'file','file':{'file_data':'data:application/pdf;base64,JVBE',"
                + "'filename':'a.pdf'}},"
                + "{'type':'file','file':{'file_data':'data:text/plain;base64,aGVsbG8='}},"
                + "{'type':'file','file':{'file_id':'file_1'}}]}",
            "");
    assertThat(asked.member("messages", request))
        .isEqualTo(
            "[{'role':'user','content':["
                + "{'type':'image','source':"
                + "{'type':'base64','media_type':'image/png','data':'iVBO'}},"
                + "{'type':'image','source':{'type':'url','url':'https://a.test/b.jpg'}},"
                + "{'type':'document','source':"
                + "{'type':'base64','media_type':'application/pdf','data':'JVBE'},'title':'a.pdf'},"
                + "{'type':'document','source':"
                + "{'type':'text','media_type':'text/plain','data':'hello'}},"
                + "{'type':'document','source':{'type':'file','file_id':'file_1'}}]}]");
    assertThat(asked.dropped(request)).containsExactly("image_url.detail");
  }

  @Test
  void soundIsRefusedSinceItCannotBeLeftOut() {
    assertThatThrownBy(
            () ->
                messages(
                    "{'role':'user','content':[{'type':'input_audio',"
                        + "'input_audio':{'data':'AAAA','format':'wav'}}]}"))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("audio");
  }

  @Test
  void aRefusalInTheHistoryIsText() {
    assertThat(
            messages(
                "{'role':'user','content':'x'},"
                    + "{'role':'assistant','content':null,'refusal':'No.'},"
                    + "{'role':'user','content':'y'}"))
        .contains("{'role':'assistant','content':[{'type':'text','text':'No.'}]}");
  }

  @Test
  void unsignedReasoningOfAnotherProviderIsStripped() {
    ChatRequest request =
        saying(
            "{'role':'user','content':'x'},{'role':'assistant','content':'A',"
                + "'reasoning_content':'hm'},{'role':'user','name':'bob','content':'y'}",
            "");
    assertThat(asked.body(request)).doesNotContain("hm", "bob");
    assertThat(asked.dropped(request))
        .containsExactly("messages.reasoning_content", "messages.name");
  }

  @Test
  void whatTheDialectHasNoWordForIsReported() {
    ChatRequest request =
        asking(
            "'n':2,'seed':1,'logprobs':true,'store':false,'verbosity':null,'x,y\\n':1,"
                + "'stream_options':{'include_usage':true}");
    assertThat(asked.dropped(request)).containsExactly("n", "logprobs", "seed", "x%2Cy%0A");
    assertThat(asked.dropped(asking("'n':1"))).isEmpty();
  }
}
