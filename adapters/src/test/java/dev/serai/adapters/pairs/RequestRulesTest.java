package dev.serai.adapters.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.json.StrictJson;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.port.Dialect;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every request must keep between every client and every provider. */
class RequestRulesTest {
  private static final Set<String> CLAUDES = Set.of("anthropic", "bedrock");

  private static Stream<DynamicTest> to(Set<String> dialects, Pair.Claim claim) {
    return Pair.each(
        Pair.all().filter(pair -> dialects.contains(pair.dialect().name()) && !pair.same()), claim);
  }

  private static JsonNode body(ProviderRequest written) {
    return StrictJson.tree(written.body());
  }

  @TestFactory
  Stream<DynamicTest> bedrockIsToldOfToolsWheneverTheHistoryHasCalls() {
    return to(
        Set.of("bedrock"),
        pair -> {
          JsonNode body =
              body(pair.write(pair.client().ask(Opening.called(pair.client(), ""), false)));
          assertThat(body.path("toolConfig").path("tools")).isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> resultsOfParallelCallsAreOneTurnAndNameTheirCalls() {
    return to(
        Set.of("anthropic", "bedrock", "gemini"),
        pair -> {
          String tools = pair.client().tools() + ",";
          ProviderRequest written =
              pair.write(pair.client().ask(Opening.called(pair.client(), tools), false));
          JsonNode body = body(written);
          JsonNode turns =
              body.path(pair.dialect().name().equals("gemini") ? "contents" : "messages");
          assertThat(turns).hasSize(3);
          String name = pair.dialect().name();
          assertThat(Wire.callIds(name, body)).hasSize(2).isEqualTo(Wire.answeredIds(name, body));
        });
  }

  @TestFactory
  Stream<DynamicTest> aToolThatFailedStaysAFailureOrItIsSaid() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC),
        pair -> {
          String tools = pair.client().tools() + ",";
          ProviderRequest written =
              pair.write(pair.client().ask(Opening.called(pair.client(), tools), false));
          String sent = Pair.text(written);
          boolean told =
              sent.contains("'is_error':true")
                  || sent.contains("'status':'error'")
                  || sent.contains("'error':");
          assertThat(told || written.dropped().contains("tool_result.is_error")).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> noToolChoiceIsNeverSaidWhereThereAreNoTools() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          String choice =
              pair.client()
                  .say(
                      "'tool_choice':'required',",
                      "'tool_choice':'required',",
                      "'tool_choice':{'type':'any'},",
                      "'toolConfig':{'functionCallingConfig':{'mode':'ANY'}},",
                      "");
          String sent = pair.sent(pair.client().ask(choice + pair.client().user("hi"), false));
          assertThat(sent).doesNotContain("tool_choice", "toolChoice", "toolConfig");
        });
  }

  @TestFactory
  Stream<DynamicTest> callsForbiddenByTheClientAreNeverMade() {
    return to(
        Set.of("bedrock"),
        pair -> {
          String none =
              pair.client()
                  .say(
                      "'tool_choice':'none',",
                      "'tool_choice':'none',",
                      "'tool_choice':{'type':'none'},",
                      "'toolConfig':{'functionCallingConfig':{'mode':'NONE'}},",
                      "");
          if (!none.isEmpty()) {
            String members = none + pair.client().tools() + "," + pair.client().user("hi");
            String sent = pair.sent(pair.client().ask(members, false));
            assertThat(sent).doesNotContain("'none'", "look");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> blankTextsAreNeverBlocks() {
    return to(
        CLAUDES,
        pair -> {
          Client client = pair.client();
          String chat =
              "'messages':[{'role':'system','content':''},{'role':'user','content':'hi'},"
                  + "{'role':'assistant','content':' '},{'role':'user','content':'there'}]";
          String members =
              client.say(
                  chat,
                  "'instructions':'','input':[{'role':'user','content':'hi'},{'role':'assistant',"
                      + "'content':' '},{'role':'user','content':'there'}]",
                  chat.replace("{'role':'system','content':''},", ""),
                  "'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':"
                      + "[{'text':' '}]},{'role':'user','parts':[{'text':''},{'text':'there'}]}]",
                  chat);
          String sent = pair.sent(client.ask(members, false));
          assertThat(sent).contains("'hi'", "'there'").doesNotContain("'text':''", "'text':' '");
          assertThat(sent).doesNotContain("'system'");
        });
  }

  @TestFactory
  Stream<DynamicTest> instructionsAreHoistedInTheirOrderFromWhereverTheyStand() {
    return Pair.each(
        Pair.all().filter(pair -> Set.of(Client.OPENAI, Client.OLLAMA).contains(pair.client())),
        pair -> {
          String members =
              "'messages':[{'role':'system','content':'first rule'},{'role':'user','content':'hi'},"
                  + "{'role':'system','content':'second rule'},{'role':'user','content':'there'}]";
          String sent = pair.sent(pair.client().ask(members, false));
          assertThat(sent.indexOf("first rule")).isNotNegative();
          assertThat(sent.indexOf("second rule")).isGreaterThan(sent.indexOf("first rule"));
          if (CLAUDES.contains(pair.dialect().name())) {
            JsonNode body = StrictJson.tree(Pair.bytes(sent));
            assertThat(body.path("system").toString()).contains("first rule", "second rule");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aForcedToolSilencesAThoughtAndThatIsSaid() {
    return to(
        CLAUDES,
        pair -> {
          Client client = pair.client();
          String forced =
              client.say(
                  "'reasoning_effort':'high','tool_choice':'required',",
                  "'reasoning':{'effort':'high'},'tool_choice':'required',",
                  "'thinking':{'type':'enabled','budget_tokens':2048},'tool_choice':{'type':'any'},",
                  "'generationConfig':{'thinkingConfig':{'thinkingBudget':2048}},'toolConfig':"
                      + "{'functionCallingConfig':{'mode':'ANY'}},",
                  "");
          if (forced.isEmpty()) {
            return;
          }
          ProviderRequest written =
              pair.write(client.ask(forced + client.tools() + "," + client.user("hi"), false));
          assertThat(Pair.text(written)).contains("'any'").doesNotContain("budget_tokens");
          assertThat(written.dropped()).isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> aBudgetOfThoughtBelowTheLeastIsTheCallersFault() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() == Client.ANTHROPIC)
            .filter(pair -> pair.dialect().name().equals("bedrock")),
        pair -> {
          String members =
              "'thinking':{'type':'enabled','budget_tokens':100}," + pair.client().user("hi");
          ChatRequest request = pair.client().ask(members, false);
          assertThatThrownBy(() -> pair.write(request))
              .isInstanceOfSatisfying(
                  CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
        });
  }

  @TestFactory
  Stream<DynamicTest> schemasAreFittedToGeminiAndEmptyParametersAreAnObject() {
    return to(
        Set.of("gemini"),
        pair -> {
          String members = pair.client().tools() + "," + pair.client().user("hi");
          JsonNode tools =
              body(pair.write(pair.client().ask(members, false)))
                  .at("/tools/0/functionDeclarations");
          assertThat(tools).hasSize(2);
          for (JsonNode tool : tools) {
            JsonNode schema =
                tool.has("parameters")
                    ? tool.path("parameters")
                    : tool.path("parametersJsonSchema");
            if (!schema.isMissingNode()) {
              assertThat(schema.path("type").asText()).isEqualToIgnoringCase("object");
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> marksForTheCacheKeepTheirFourPlacesOrItIsSaid() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC),
        pair -> {
          String mark = ",'cache_control':{'type':'ephemeral'}";
          String members =
              "'system':[{'type':'text','text':'rule'"
                  + mark
                  + "}],"
                  + Opening.called(Client.ANTHROPIC, Client.ANTHROPIC.tools() + ",")
                      .replace(
                          "'content':'hi'", "'content':[{'type':'text','text':'hi'" + mark + "}]")
                      .replace("'content':'one'", "'content':'one'" + mark)
                      .replace("'looks it up'", "'looks it up'" + mark);
          ProviderRequest written = pair.write(pair.client().ask(members, false));
          int marks = Pair.text(written).split("cache_control|cachePoint", -1).length - 1;
          boolean keeps = CLAUDES.contains(pair.dialect().name());
          assertThat(marks).isEqualTo(keeps ? 4 : 0);
          assertThat(written.dropped().contains("cache_control")).isEqualTo(!keeps);
        });
  }

  @TestFactory
  Stream<DynamicTest> aSchemaOfTheAnswerIsSaidToEveryProvider() {
    return Pair.each(
        pair -> {
          Client client = pair.client();
          String schema =
              "{'type':'object','properties':{'w1tness':{'type':'string'}},"
                  + "'required':['w1tness'],'additionalProperties':false}";
          String form =
              client.say(
                  "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
                      + schema
                      + "}},",
                  "'text':{'format':{'type':'json_schema','name':'a','schema':" + schema + "}},",
                  "'output_config':{'format':{'type':'json_schema','schema':" + schema + "}},",
                  "'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
                      + schema
                      + "},",
                  "'format':" + schema + ",");
          assertThat(pair.sent(client.ask(form + client.user("hi"), false))).contains("w1tness");
        });
  }

  @TestFactory
  Stream<DynamicTest> aLimitIsAlwaysSentToThoseWhoWantOneUnderTheirOwnName() {
    return Pair.each(
        pair -> {
          Client client = pair.client();
          String limit =
              client.say(
                  "'max_completion_tokens':4321,",
                  "'max_output_tokens':4321,",
                  "'max_tokens':4321,",
                  "'generationConfig':{'maxOutputTokens':4321},",
                  "'options':{'num_predict':4321},");
          assertThat(pair.sent(client.ask(limit + client.user("hi"), false))).contains(":4321");
          if (pair.dialect().name().equals("anthropic")) {
            assertThat(pair.sent(client.hello(false))).contains("'max_tokens':");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatAProviderHasNotIsSaidToBeLeftOut() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.OPENAI && !pair.same()),
        pair -> {
          String members = "'n':3,'seed':7,'logprobs':true,'logit_bias':{'1':2},";
          ProviderRequest written =
              pair.write(pair.client().ask(members + pair.client().user("hi"), false));
          boolean gemini = pair.dialect().name().equals("gemini");
          assertThat(written.dropped()).contains("logit_bias");
          if (!gemini) {
            assertThat(written.dropped()).contains("n", "logprobs");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> argumentsThatAreNoJsonAreNeverFatal() {
    return Pair.each(
        Pair.all().filter(pair -> Set.of(Client.OPENAI, Client.RESPONSES).contains(pair.client())),
        pair -> {
          String members =
              Opening.called(pair.client(), pair.client().tools() + ",")
                  .replace("'arguments':'{}'", "'arguments':'{broken'");
          assertThat(pair.sent(pair.client().ask(members, false))).contains("broken");
        });
  }

  /** Each candidate is told what the caller said, never what another was told. */
  @TestFactory
  Stream<DynamicTest> everyCandidateIsToldWhatTheCallerSaidWhoeverWasAskedBefore() {
    return Pair.each(
        pair -> {
          String members = Opening.called(pair.client(), pair.client().tools() + ",");
          String alone = pair.sent(pair.client().ask(members, false));
          ChatRequest request = pair.client().ask(members, false);
          for (Dialect before : Pair.DIALECTS) {
            before.writeRequest(request, Pair.target(before, "before"));
          }
          assertThat(pair.sent(request)).isEqualTo(alone);
        });
  }

  @TestFactory
  Stream<DynamicTest> picturesAndDocumentsReachTheProviderOrAreRefusedInClearWords() {
    return Pair.each(
        Pair.all().filter(pair -> Set.of(Client.OPENAI, Client.ANTHROPIC).contains(pair.client())),
        pair -> {
          for (String media : media(pair.client())) {
            try {
              ProviderRequest written = pair.write(pair.client().ask(media, false));
              String sent = Pair.text(written);
              assertThat(sent.contains("JVBERi0xLjQ=") || sent.contains("example.com/w1tness"))
                  .as(media)
                  .isTrue();
            } catch (CallerProblem refused) {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.message()).isNotBlank();
            }
          }
        });
  }

  private static List<String> media(Client client) {
    String user = "'messages':[{'role':'user','content':[{'type':'text','text':'what is it?'},";
    return client == Client.OPENAI
        ? List.of(
            user + "{'type':'image_url','image_url':{'url':'https://example.com/w1tness.png'}}]}]",
            user
                + "{'type':'file','file':{'filename':'a.pdf','file_data':"
                + "'data:application/pdf;base64,JVBERi0xLjQ='}}]}]")
        : List.of(
            user
                + "{'type':'image','source':{'type':'url','url':'https://example.com/w1tness.png'"
                + "}}]}]",
            user
                + "{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
                + "'data':'JVBERi0xLjQ='}}]}]");
  }
}
