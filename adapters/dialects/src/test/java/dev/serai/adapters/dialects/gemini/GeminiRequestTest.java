package dev.serai.adapters.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.Parts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dialect makes of requests in OpenAI's words; the rules are those of PROTOCOLS.md. */
class GeminiRequestTest {
  private static final String BASE = "https://generativelanguage.test/v1beta";
  private static final Asked NEW = asked("gemini-3-flash-preview");
  private static final Asked OLD = asked("gemini-2.5-flash");

  private static Asked asked(String model, String... quirks) {
    return Asked.of(new GeminiDialect(), BASE, model, quirks);
  }

  private static String tool(String parameters) {
    return "'tools':[{'type':'function','function':{'name':'f','parameters':" + parameters + "}}]";
  }

  private static String declaration(Asked asked, String parameters) {
    String tools = asked.member("tools", Asked.asking(tool(parameters)));
    return tools.substring("[{'functionDeclarations':[{'name':'f',".length(), tools.length() - 4);
  }

  @Test
  void rule10AnnotationsAreLeftOutAndReferencesPutInPlace() {
    assertThat(
            declaration(
                OLD,
                "{'$schema':'x','title':'T','type':'object','additionalProperties':false,"
                    + "'$defs':{'City':{'title':'C','type':'string','examples':['Bern']}},"
                    + "'properties':{'city':{'$ref':'#/$defs/City','description':'where'},"
                    + "'days':{'type':'integer','default':2,'minimum':1}},'required':['city']}"))
        .isEqualTo(
            "'parameters':{'type':'OBJECT','properties':{'city':{'type':'STRING',"
                + "'description':'where'},'days':{'type':'INTEGER','minimum':1}},"
                + "'required':['city']}");
  }

  @Test
  void rule10EmptyParametersAreAnObject() {
    String empty = "'parameters':{'type':'OBJECT','properties':{}}";
    assertThat(declaration(OLD, "{}")).isEqualTo(empty);
    assertThat(declaration(OLD, "{'type':'object'}")).isEqualTo(empty);
    assertThat(OLD.member("tools", Asked.asking("'functions':[{'name':'f'}]"))).contains(empty);
  }

  @Test
  void rule10WhatMayBeNullIsNullable() {
    assertThat(
            declaration(
                OLD,
                "{'type':'object','properties':{'a':{'type':['string','null']},"
                    + "'b':{'anyOf':[{'type':'integer'},{'type':'null'}]},"
                    + "'c':{'enum':['x','y',null]},'d':{'const':'z'},"
                    + "'e':{'oneOf':[{'type':'string'},{'type':'number'}]},"
                    + "'f':{'type':['string','integer']}}}"))
        .isEqualTo(
            "'parameters':{'type':'OBJECT','properties':{'a':{'type':'STRING','nullable':true},"
                + "'b':{'nullable':true,'type':'INTEGER'},"
                + "'c':{'enum':['x','y'],'type':'STRING','nullable':true},"
                + "'d':{'enum':['z'],'type':'STRING'},"
                + "'e':{'anyOf':[{'type':'STRING'},{'type':'NUMBER'}]},"
                + "'f':{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}}}");
  }

  @Test
  void rule10WhatGeminisOwnSchemaCannotSayGoesOutAsJsonSchema() {
    String recursive =
        "{'type':'object','title':'T','$defs':{'N':{'type':'object','properties':{"
            + "'next':{'$ref':'#/$defs/N'}}}},'properties':{'n':{'$ref':'#/$defs/N'},"
            + "'m':{'type':'object','additionalProperties':{'type':'string'}}}}";
    assertThat(declaration(OLD, recursive))
        .startsWith("'parametersJsonSchema':{'type':'object'")
        .contains("'$defs':{'N'", "'additionalProperties':{'type':'string'}")
        .doesNotContain("title");
    Asked ownOnly = asked("gemini-2.5-flash", "no-json-schema-tools");
    assertThat(declaration(ownOnly, recursive)).startsWith("'parameters':{'type':'OBJECT'");
    assertThat(ownOnly.dropped(Asked.asking(tool(recursive)))).containsExactly("tools.parameters");
  }

  @Test
  void rule10ReferencesThatGrowWithoutEndAreNotPutInPlace() {
    StringBuilder definitions = new StringBuilder("'D0':{'type':'string'}");
    for (int i = 1; i < 30; i++) {
      definitions.append(",'D" + i + "':{'type':'object','properties':{'a':{'$ref':'#/$defs/D");
      definitions.append(i - 1).append("'},'b':{'$ref':'#/$defs/D").append(i - 1).append("'}}}");
    }
    String schema = "{'$defs':{" + definitions + "},'properties':{'x':{'$ref':'#/$defs/D29'}}}";
    assertThat(declaration(OLD, schema)).startsWith("'parametersJsonSchema'");
  }

  @Test
  void rule20StrictToolsAreHeldToTheirSchemas() {
    String strict =
        "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{}}}]";
    assertThat(OLD.member("toolConfig", Asked.asking(strict)))
        .isEqualTo("{'functionCallingConfig':{'mode':'VALIDATED'}}");
    assertThat(OLD.dropped(Asked.asking(strict))).isEmpty();
    assertThat(asked("gemini-2.0-flash").dropped(Asked.asking(strict)))
        .containsExactly("tools.strict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "gemini-2.5-flash; none; {'thinkingBudget':0}; ``",
        "gemini-2.5-flash; low; {'thinkingBudget':1024,'includeThoughts':true}; ``",
        "gemini-2.5-flash; medium; {'thinkingBudget':8192,'includeThoughts':true}; ``",
        "gemini-2.5-flash; max; {'thinkingBudget':24576,'includeThoughts':true}; ``",
        "gemini-2.5-pro; none; {'thinkingBudget':128}; reasoning_effort",
        "gemini-2.5-pro; max; {'thinkingBudget':32768,'includeThoughts':true}; ``",
        "gemini-3-flash-preview; minimal; {'thinkingLevel':'minimal','includeThoughts':true}; ``",
        "gemini-3-flash-preview; none; {'thinkingLevel':'minimal'}; reasoning_effort",
        "gemini-3-pro-preview; medium; {'thinkingLevel':'high','includeThoughts':true};"
            + " reasoning_effort",
        "gemini-3.1-pro-preview; medium; {'thinkingLevel':'medium','includeThoughts':true}; ``",
        "gemini-3.1-pro-preview; minimal; {'thinkingLevel':'low','includeThoughts':true};"
            + " reasoning_effort",
        "gemini-3.6-flash; minimal; {'thinkingLevel':'minimal','includeThoughts':true}; ``",
        "gemini-3.7-flash; minimal; {'thinkingLevel':'low','includeThoughts':true};"
            + " reasoning_effort",
        "gemini-3.7-flash; medium; {'thinkingLevel':'medium','includeThoughts':true}; ``",
        "gemini-3.1-flash-lite; minimal; {'thinkingLevel':'minimal','includeThoughts':true}; ``",
        "gemini-flash-latest; high; {'thinkingLevel':'high','includeThoughts':true}; ``",
        "gemini-2.0-flash; high; ``; reasoning_effort",
        "gemini-2.0-flash; none; ``; ``",
        "gemma-3-27b-it; high; ``; reasoning_effort"
      })
  void rule8ReasoningIsWrittenInTheFormOfTheModel(
      String model, String effort, String config, String dropped) {
    ChatRequest request = Asked.asking("'reasoning_effort':'" + effort + "'");
    String expected = config.isEmpty() ? "" : "{'thinkingConfig':" + config + "}";
    assertThat(asked(model).member("generationConfig", request)).isEqualTo(expected);
    assertThat(String.join(",", asked(model).dropped(request))).isEqualTo(dropped);
  }

  @Test
  void rule16ASchemaOfTheResponseIsAJsonSchemaAndNotBesideToolsOfOlderModels() {
    String format =
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + "{'type':'object','title':'T','properties':{'a':{'type':'string','minLength':2}}}}}";
    assertThat(OLD.member("generationConfig", Asked.asking(format)))
        .isEqualTo(
            "{'responseMimeType':'application/json','responseJsonSchema':{'type':'object',"
                + "'properties':{'a':{'type':'string'}}}}");
    assertThat(OLD.dropped(Asked.asking(format))).containsExactly("response_format.json_schema");
    String both = format + "," + tool("{}");
    assertThat(OLD.member("generationConfig", Asked.asking(both))).isEmpty();
    assertThat(OLD.dropped(Asked.asking(both))).containsExactly("response_format");
    assertThat(NEW.member("generationConfig", Asked.asking(both))).contains("responseJsonSchema");
  }

  private static final String CALLS =
      "{'role':'user','content':'weather?'},{'role':'assistant','tool_calls':["
          + "{'id':'%s','type':'function','function':{'name':'f','arguments':'{}'}},"
          + "{'id':'b','type':'function','function':{'name':'g','arguments':''}}]},"
          + "{'role':'tool','tool_call_id':'%s','content':'{\\u0022sky\\u0022:\\u0022blue\\u0022}'},"
          + "{'role':'tool','tool_call_id':'b','content':'[1]'}";

  private static ChatRequest calling(String id) {
    return Asked.request("{'model':'m','messages':[" + CALLS.formatted(id, id) + "]}");
  }

  private static String carried(String provider) {
    OpaqueState state = new OpaqueState("gemini", provider, "thought_signature", "c2ln");
    return OpaqueStateCodec.callId("fc-1", Optional.of(state));
  }

  @Test
  void rule9ASignatureComesBackFromTheCallsIdToWhoMadeIt() {
    String body = NEW.body(calling(carried("acme")));
    assertThat(body)
        .contains(
            "{'functionCall':{'id':'fc-1','name':'f','args':{}},'thoughtSignature':'c2ln'},"
                + "{'functionCall':{'id':'b','name':'g','args':{}}}]}",
            "{'functionResponse':{'id':'fc-1','name':'f','response':{'sky':'blue'}}},"
                + "{'functionResponse':{'id':'b','name':'g','response':{'output':[1]}}}");
  }

  @Test
  void rule9AForeignSignatureIsNeverSentAndACallWithoutOneSaysSo() {
    for (String id : new String[] {carried("another"), "call_1"}) {
      assertThat(NEW.body(calling(id)))
          .doesNotContain("c2ln")
          .containsOnlyOnce("'thoughtSignature':'skip_thought_signature_validator'");
      assertThat(OLD.body(calling(id))).doesNotContain("thoughtSignature");
    }
  }

  @Test
  void rule5MessagesThatSayNothingLeaveNoTrace() {
    assertThat(
            OLD.member(
                "contents",
                Asked.saying(
                    "{'role':'user','content':''},{'role':'user','content':'x'},"
                        + "{'role':'assistant','content':''}",
                    "")))
        .isEqualTo("[{'role':'user','parts':[{'text':'x'}]}]");
    assertThatThrownBy(() -> OLD.body(Asked.saying("{'role':'user','content':''}", "")))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void rule6InstructionsAloneAreWhatTheUserSays() {
    assertThat(OLD.body(Asked.saying("{'role':'system','content':'hi'}", "")))
        .isEqualTo("{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}");
  }

  @Test
  void rule17ImagesOfAResultStandInItOrBesideIt() {
    ChatRequest request =
        Asked.saying(
            "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'a',"
                + "'type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'a','content':[{'type':'text','text':'here'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}}]}",
            "");
    String picture = "{'inlineData':{'mimeType':'image/png','data':'iVBO'}}";
    assertThat(NEW.body(request)).contains("{'output':'here'},'parts':[" + picture + "]}}]");
    assertThat(OLD.body(request)).contains("{'output':'here'}}}," + picture + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, /models/gemini-2.5-flash:generateContent",
    "tunedModels/my-model, /tunedModels/my-model:generateContent",
    "a b?x#y:z, /models/a%20b%3Fx%23y%3Az:generateContent",
    "mödel, /models/m%C3%B6del:generateContent"
  })
  void theModelStandsInThePathAndCannotLeaveIt(String model, String path) {
    assertThat(asked(model).write(Asked.asking("")).path()).isEqualTo(path);
    for (String other : new String[] {"../files", "a/../b", "a//b", "/x"}) {
      assertThatThrownBy(() -> asked(other).write(Asked.asking("")))
          .isInstanceOf(CallerProblem.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://g.test, https://g.test/v1beta",
    "https://g.test/, https://g.test/v1beta",
    "https://g.test/v1beta, https://g.test/v1beta",
    "https://g.test/v1beta/openai/, https://g.test/v1beta",
    "https://g.test/v1/publishers/google, https://g.test/v1/publishers/google",
    "https://g.test/v1alpha, https://g.test/v1alpha",
    "https://g.test/proxy, https://g.test/proxy/v1beta"
  })
  void aBaseUrlMayBeWrittenForAnyClient(String configured, String url) {
    assertThat(new GeminiDialect().baseUrl(configured)).isEqualTo(url);
  }

  /** As in Google's own examples (ai.google.dev/api/generate-content, system_instruction.sh). */
  @Test
  void oneObjectIsAListOfOne() {
    String json =
        "{'systemInstruction':{'parts':{'text':'You are a"
            + " cat.'}},'contents':{'parts':{'text':'Hi'}},"
            + "'tools':{'functionDeclarations':{'name':'f'}},"
            + "'generationConfig':{'stopSequences':'end'}}";
    ChatRequest request =
        new GeminiSurface()
            .readRequest(Inbound.post("/v1beta/models/m:generateContent", json.replace('\'', '"')));
    Conversation read = request.conversation();
    assertThat(read.messages())
        .extracting(message -> Parts.text(message.parts()).orElse(""))
        .containsExactly("You are a cat.", "Hi");
    assertThat(read.tools()).extracting(Conversation.Tool::name).containsExactly("f");
    assertThat(read.sampling().stop()).containsExactly("end");
    assertThat(new String(NEW.write(request).body(), StandardCharsets.UTF_8).replace('"', '\''))
        .isEqualTo(json);
  }

  @Test
  void aConversationThatBeginsWithACallBeginsWithTheUser() {
    String call =
        "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function','function':"
            + "{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':'1'}";
    assertThat(OLD.member("contents", Asked.saying(call, "")))
        .startsWith(
            "[{'role':'user','parts':[{'text':'(The assistant speaks first.)'}]},{'role':'model',"
                + "'parts':[{'functionCall'");
    assertThat(OLD.member("contents", Asked.saying("{'role':'assistant','content':'hi'}", "")))
        .startsWith("[{'role':'model'");
  }
}
