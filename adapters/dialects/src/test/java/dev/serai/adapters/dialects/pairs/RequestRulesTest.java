package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every request must keep between every client and every provider. */
class RequestRulesTest {
  private static final Set<String> CLAUDES = Set.of("anthropic", "bedrock");

  @TestFactory
  @Holds(Rule.EMPTY_TEXTS_ARE_NOT_SENT)
  Stream<DynamicTest> blankTextsAreNeverBlocks() {
    return Pair.to(
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
  @Holds(Rule.INSTRUCTIONS_ARE_HOISTED)
  Stream<DynamicTest> instructionsAreHoistedInTheirOrderFromWhereverTheyStand() {
    return Pair.each(
        pair -> {
          String sent = pair.sent(pair.client().ask(instructed(pair.client()), false));
          assertThat(sent.indexOf("first rule")).isNotNegative();
          assertThat(sent.indexOf("second rule")).isGreaterThan(sent.indexOf("first rule"));
          assertThat(sent).contains("hi", "there");
          if (CLAUDES.contains(pair.dialect().name())) {
            JsonNode body = StrictJson.tree(Pair.bytes(sent));
            assertThat(body.path("system").toString()).contains("first rule", "second rule");
          }
        });
  }

  /** Two instructions, the second in mid-conversation where a client can say one there. */
  private static String instructed(Client client) {
    String chat =
        "'messages':[{'role':'system','content':'first rule'},{'role':'user','content':'hi'},"
            + "{'role':'ROLE','content':'second rule'},{'role':'user','content':'there'}]";
    String user = "{'role':'user','content':'hi'}";
    String there = "{'role':'user','content':'there'}";
    return client.say(
        chat.replace("ROLE", "developer"),
        "'instructions':'first rule','input':["
            + user
            + ",{'role':'developer','content':'second rule'},"
            + there
            + "]",
        "'system':[{'type':'text','text':'first rule'},{'type':'text','text':'second rule'}],"
            + "'messages':["
            + user
            + ","
            + there
            + "]",
        "'systemInstruction':{'parts':[{'text':'first rule'},{'text':'second rule'}]},'contents':"
            + "[{'role':'user','parts':[{'text':'hi'},{'text':'there'}]}]",
        chat.replace("ROLE", "system"));
  }

  @TestFactory
  @Holds(Rule.FORCED_TOOLS_AND_THINKING)
  Stream<DynamicTest> aForcedToolDisablesReasoningAndThatIsReported() {
    return Pair.to(
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
  @Holds(Rule.FORCED_TOOLS_AND_THINKING)
  Stream<DynamicTest> aReasoningBudgetBelowTheMinimumIsTheCallersFault() {
    return Pair.each(
        Pair.all()
            .filter(pair -> Set.of(Client.ANTHROPIC, Client.GEMINI).contains(pair.client()))
            .filter(pair -> CLAUDES.contains(pair.dialect().name()) && !pair.same()),
        pair -> {
          String members =
              pair.client()
                      .say(
                          "",
                          "",
                          "'thinking':{'type':'enabled','budget_tokens':100},",
                          "'generationConfig':{'thinkingConfig':{'thinkingBudget':100}},",
                          "")
                  + pair.client().user("hi");
          ChatRequest request = pair.client().ask(members, false);
          assertThatThrownBy(() -> pair.write(request))
              .isInstanceOfSatisfying(
                  CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
        });
  }

  @TestFactory
  @Holds(Rule.CACHE_MARKS_ARE_KEPT)
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
  @Holds(Rule.STRUCTURED_OUTPUT_IS_TEXT)
  Stream<DynamicTest> aSchemaOfTheResponseIsSentToEveryProvider() {
    return Pair.each(
        pair -> {
          Client client = pair.client();
          String schema =
              "{'type':'object','properties':{'w1tness':{'type':'string'}},"
                  + "'required':['w1tness'],'additionalProperties':false}";
          String form = Opening.servedBy(client, schema);
          assertThat(pair.sent(client.ask(form + client.user("hi"), false))).contains("w1tness");
        });
  }

  @TestFactory
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
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
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
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
            assertThat(written.dropped()).contains("n");
          }
          assertThat(written.dropped().contains("logprobs"))
              .isNotEqualTo(pair.goesTo(Set.of("responses", "ollama")));
        });
  }

  /** Each request is written from the client's own, never from that of another candidate. */
  @TestFactory
  @Holds(Rule.THE_ORIGINAL_IS_TRANSLATED)
  Stream<DynamicTest> everyCandidateReceivesTheCallersRequestWhateverCandidateWasTriedBefore() {
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
  @Holds(Rule.CACHE_MARKS_ARE_KEPT)
  Stream<DynamicTest> aMarkTooManyIsLeftOutAndATimeIsKept() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() == Client.ANTHROPIC)
            .filter(pair -> pair.goesTo(Set.of("bedrock"))),
        pair -> {
          String block =
              "{'type':'text','text':'rule','cache_control':{'type':'ephemeral','ttl':'1h'}}";
          String members =
              "'system':[" + String.join(",", List.of(block, block, block, block, block)) + "],";
          ProviderRequest written =
              pair.write(pair.client().ask(members + pair.client().user("hi"), false));
          assertThat(Pair.text(written).split("cachePoint", -1)).hasSize(5);
          assertThat(Pair.text(written)).contains("'ttl':'1h'");
          assertThat(written.dropped()).contains("cache_control");
        });
  }

  /** A provider that knows no budget is asked to think as well as it can be said there. */
  @TestFactory
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
  Stream<DynamicTest> aReasoningBudgetIsABudgetOrTheNearestEffort() {
    return Pair.each(
        Pair.all().filter(pair -> Set.of(Client.ANTHROPIC, Client.GEMINI).contains(pair.client())),
        pair -> {
          ProviderRequest written =
              pair.write(pair.client().read(Opening.of(pair.client()), false));
          boolean budget = Pair.text(written).contains(":2048");
          assertThat(written.dropped().contains("thinking.budget_tokens")).isEqualTo(!budget);
          assertThat(Pair.text(written))
              .containsAnyOf(":2048", "'effort':'low'", "_effort':'low'", "'think':true");
        });
  }
}
