package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that a provider refuses are left out or renamed, and reported. */
class VendorQuirksTest {
  private static final String CALL =
      "{'role':'assistant','tool_calls':[{'type':'function','function':"
          + "{'name':'f','arguments':'{}'},'id':'%s'}]},"
          + "{'tool_call_id':'%s','role':'tool','content':'1'}";

  private static Asked vendor(String... quirks) {
    return Asked.of(new OpenAiDialect(), "https://acme.test/v1", "m", quirks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "no-logprobs | 'logprobs':true,'top_logprobs':2 | [logprobs, top_logprobs]",
        "no-logprobs | 'logprobs':false,'top_logprobs':null | []",
        "no-logit-bias | 'logit_bias':{'5':1} | [logit_bias]",
        "no-penalties | 'frequency_penalty':1,'presence_penalty':0.5"
            + " | [frequency_penalty, presence_penalty]",
        "no-stop | 'stop':['x'] | [stop]",
        "no-user | 'user':'u','safety_identifier':'s' | [user, safety_identifier]",
        "no-store | 'store':false | []",
        "no-store | 'store':true | [store]",
        "no-metadata | 'metadata':{'a':'b'} | [metadata]",
        "no-service-tier | 'service_tier':'flex' | [service_tier]",
        "no-prediction | 'prediction':{} | [prediction]",
        "no-modalities | 'modalities':['text'],'audio':{} | [modalities, audio]",
        "no-prompt-cache-key | 'prompt_cache_key':'k','prompt_cache_retention':'24h'"
            + " | [prompt_cache_key, prompt_cache_retention]",
        "no-prompt-cache-retention | 'prompt_cache_retention':'24h' | [prompt_cache_retention]",
        "no-safety-identifier | 'safety_identifier':'s' | [safety_identifier]",
        "logprobs-count | 'logprobs':false,'top_logprobs':null | []",
        "no-verbosity | 'verbosity':'low' | [verbosity]",
        "no-web-search-options | 'web_search_options':{} | [web_search_options]",
        "no-parallel-tool-calls | 'parallel_tool_calls':false | [parallel_tool_calls]",
        "one-choice | 'n':1 | []",
        "one-choice | 'n':2 | [n]",
      })
  void refusedMembersAreLeftOutAndReported(String quirk, String members, String dropped) {
    ProviderRequest sent = vendor(quirk).write(Asked.asking(members));
    assertThat(text(sent)).isEqualTo(text(vendor().write(Asked.asking(""))));
    assertThat(sent.dropped()).hasToString(dropped);
    assertThat(vendor().dropped(Asked.asking(members))).isEmpty();
  }

  @Test
  void seedAndRequiredToolChoiceAreRenamed() {
    ChatRequest request =
        Asked.asking(
            "'seed':7,'tools':[{'type':'function','function':{'name':'f'}}],"
                + "'tool_choice':'required'");
    Asked mistral = vendor("random-seed", "required-is-any");
    assertThat(mistral.member("random_seed", request)).isEqualTo("7");
    assertThat(mistral.member("seed", request)).isEmpty();
    assertThat(mistral.member("tool_choice", request)).isEqualTo("'any'");
    assertThat(mistral.member("tool_choice", new ForeignRequest(request))).isEqualTo("'any'");
    assertThat(mistral.dropped(request)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void toolCallIdsBecomeNineCharactersAndStillMatch(boolean foreign) {
    String id = "call_" + "x".repeat(30);
    String brief = Quirk.SHORT_IDS.fit(id);
    assertThat(brief).matches("[A-Za-z0-9]{9}").isNotEqualTo(Quirk.SHORT_IDS.fit(id + "y"));
    ChatRequest request = Asked.saying(CALL.formatted(id, id), "");
    String body = vendor("short-tool-ids").body(foreign ? new ForeignRequest(request) : request);
    assertThat(body)
        .contains("'id':'" + brief + "'", "'tool_call_id':'" + brief + "'")
        .doesNotContain(id);
  }

  @Test
  void anIdOfNineLettersAndDigitsIsUnchanged() {
    ChatRequest request = Asked.saying(CALL.formatted("D681PevKs", "D681PevKs"), "");
    byte[] caller = request.bytes();
    assertThat(vendor("short-tool-ids").write(request).body()).isSameAs(caller);
  }

  @Test
  void namesOfMessagesAreLeftOutAtAnyPosition() {
    ChatRequest request =
        Asked.saying(
            "{'name':'a','role':'user','content':'1'},{'role':'user','name':'b','content':'2'},"
                + "{'role':'user','content':'3','name':'c'}",
            "");
    Asked groq = vendor("no-names");
    String expected =
        "'messages':[{'role':'user','content':'1'},{'role':'user','content':'2'},"
            + "{'role':'user','content':'3'}]";
    assertThat(groq.body(request)).contains(expected);
    assertThat(groq.body(new ForeignRequest(request))).contains(expected);
    assertThat(groq.dropped(request)).containsExactly("messages.name");
    assertThat(groq.dropped(new ForeignRequest(request))).containsExactly("messages.name");
  }

  @Test
  void membersThatOnlyResponsesHaveAreLeftOutOfAssistantMessages() {
    ChatRequest request =
        Asked.saying(
            "{'annotations':[],'role':'assistant','content':null,'refusal':'No.','audio':null},"
                + "{'role':'user','content':'why'},"
                + "{'role':'assistant','content':'So.','reasoning_content':'hm','function_call':null,"
                + "'reasoning':'hm','refusal':null}",
            "");
    Asked strict = vendor("strict-messages");
    assertThat(strict.body(request))
        .contains(
            "'messages':[{'role':'assistant','content':'No.'},{'role':'user','content':'why'},"
                + "{'role':'assistant','content':'So.','reasoning':'hm'}]");
    assertThat(strict.dropped(request)).containsExactly("messages.reasoning_content");
    assertThat(strict.body(new ForeignRequest(request)))
        .contains("{'role':'assistant','content':'No.'}")
        .doesNotContain("refusal", "reasoning");
    Asked mistral = vendor("strict-messages", "no-reasoning-input");
    assertThat(mistral.body(request)).doesNotContain("reasoning");
    assertThat(mistral.dropped(request))
        .containsExactly("messages.reasoning_content", "messages.reasoning");
  }

  @Test
  void logprobsAreANumberWhereTheVendorWantsOne() {
    Asked together = vendor("logprobs-count");
    ChatRequest three = Asked.asking("'logprobs':true,'top_logprobs':3");
    assertThat(together.member("logprobs", three)).isEqualTo("3");
    assertThat(together.member("top_logprobs", three)).isEmpty();
    assertThat(together.dropped(three)).isEmpty();
    assertThat(together.member("logprobs", Asked.asking("'logprobs':true"))).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSchemaIsAnInstructionWhereTheVendorKnowsJsonModeOnly(boolean foreign) {
    String format =
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}}}";
    Asked deepseek = vendor("no-json-schema");
    ChatRequest ruled =
        Asked.saying("{'role':'system','content':'Rules.'},{'role':'user','content':'x'}", format);
    ChatRequest first = foreign ? new ForeignRequest(ruled) : ruled;
    assertThat(deepseek.member("messages", first))
        .startsWith("[{'role':'system','content':'Rules.\\n\\nAnswer with one JSON object")
        .contains("\\'required\\':[\\'a\\']}'},{'role':'user','content':'x'}]");
    ChatRequest plain = foreign ? new ForeignRequest(Asked.asking(format)) : Asked.asking(format);
    assertThat(deepseek.member("messages", plain))
        .startsWith("[{'role':'system','content':'Answer with one JSON object")
        .endsWith("},{'role':'user','content':'hi'}]");
    assertThat(deepseek.member("response_format", plain)).isEqualTo("{'type':'json_object'}");
    assertThat(deepseek.dropped(plain)).containsExactly("response_format.json_schema");
  }

  @Test
  void aRequestForAnyObjectContainsTheWordJson() {
    ChatRequest object =
        new ForeignRequest(Asked.asking("'response_format':{'type':'json_object'}"));
    assertThat(vendor().member("messages", object)).contains("Answer with one JSON object");
    ChatRequest said =
        new ForeignRequest(
            Asked.saying(
                "{'role':'user','content':'As Json.'}",
                "'response_format':{'type':'json_object'}"));
    assertThat(vendor().member("messages", said))
        .isEqualTo("[{'role':'user','content':'As Json.'}]");
  }

  @Test
  void cacheMarksAreWrittenWhereTheVendorUnderstandsThem() {
    String mark = "'cache_control':{'type':'ephemeral','ttl':'1h'}";
    ChatRequest request =
        new ForeignRequest(
            Asked.saying(
                "{'role':'system','content':[{'type':'text','text':'s',MARK}]},"
                        .replace("MARK", mark)
                    + "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':"
                    + "{'name':'f','arguments':'{}'}}]},"
                    + "{'role':'tool','tool_call_id':'c','content':'r',MARK}".replace("MARK", mark),
                ("MARK,'tools':[{'type':'function','function':{'name':'f'},MARK}]")
                    .replace("MARK", mark)));
    Asked openrouter = vendor("cache-control");
    assertThat(openrouter.body(request))
        .contains(
            "{'role':'system','content':[{'type':'text','text':'s'," + mark + "}]}",
            "{'role':'tool','content':[{'type':'text','text':'r'," + mark + "}]",
            "}," + mark + "}]");
    assertThat(openrouter.member("cache_control", request)).contains("'1h'");
    assertThat(openrouter.dropped(request)).isEmpty();
    assertThat(vendor().body(request)).doesNotContain("cache_control");
    assertThat(vendor().dropped(request)).containsExactly("cache_control");
  }

  @Test
  void aRequestFromAnotherDialectIsAdaptedToo() {
    ChatRequest request = new ForeignRequest(Asked.asking("'n':2,'stop':['x'],'user':'u'"));
    Asked strict = vendor("one-choice", "no-stop", "no-user");
    assertThat(strict.body(request)).doesNotContain("'n':", "stop", "'user':");
    assertThat(strict.dropped(request)).containsExactly("n", "stop", "user");
    assertThat(strict.dropped(new ForeignRequest(Asked.asking("'n':1")))).isEmpty();
  }

  @Test
  void azuresPathContainsTheDeployment() {
    Asked azure =
        Asked.of(
            new OpenAiDialect(),
            "https://r.openai.azure.com/openai",
            "my deployment/é?",
            "api-key-header",
            "api-version-2025-04-01-preview");
    ProviderRequest sent = azure.write(Asked.asking(""));
    assertThat(sent.path())
        .isEqualTo(
            "/deployments/my%20deployment%2F%C3%A9%3F/chat/completions"
                + "?api-version=2025-04-01-preview");
    assertThat(sent.headers().first("api-key")).isPresent();
    assertThat(sent.headers().first("authorization")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "api-version-2024-10-21, true",
    "api-version-preview, true",
    "api-version-, false",
    "api-version-2024&x=1, false",
    "api-version-A, false",
    "no-such-flag, false",
    "no-names, true"
  })
  void anApiVersionIsAQuirkFlag(String flag, boolean known) {
    assertThat(new OpenAiDialect().supportsQuirk(flag)).isEqualTo(known);
  }

  private static String text(ProviderRequest request) {
    return new String(request.body(), UTF_8);
  }
}
