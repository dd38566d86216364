package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.http.ProviderRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What requests must keep of tools between every client and every provider. */
class ToolRulesTest {
  @TestFactory
  @Holds(Rule.BEDROCK_IS_TOLD_OF_TOOLS)
  Stream<DynamicTest> bedrockReceivesToolsWheneverTheHistoryHasCalls() {
    return Pair.to(
        Set.of("bedrock"),
        pair -> {
          JsonNode body =
              Pair.body(pair.write(pair.client().ask(Opening.called(pair.client(), ""), false)));
          assertThat(body.path("toolConfig").path("tools")).isNotEmpty();
        });
  }

  @TestFactory
  @Holds(Rule.BEDROCK_IS_TOLD_OF_TOOLS)
  Stream<DynamicTest> resultsOfParallelCallsAreOneTurnAndNameTheirCalls() {
    return Pair.to(
        Set.of("anthropic", "bedrock", "gemini"),
        pair -> {
          String tools = pair.client().tools() + ",";
          ProviderRequest written =
              pair.write(pair.client().ask(Opening.called(pair.client(), tools), false));
          JsonNode body = Pair.body(written);
          JsonNode turns =
              body.path(pair.dialect().name().equals("gemini") ? "contents" : "messages");
          assertThat(turns).hasSize(3);
          String name = pair.dialect().name();
          assertThat(Wire.callIds(name, body)).hasSize(2).isEqualTo(Wire.answeredIds(name, body));
        });
  }

  @TestFactory
  @Holds(Rule.BEDROCK_IS_TOLD_OF_TOOLS)
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
  @Holds(Rule.TOOL_CHOICE_AND_ARGUMENTS)
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
  @Holds(Rule.BEDROCK_IS_TOLD_OF_TOOLS)
  Stream<DynamicTest> callsForbiddenByTheClientAreNeverMade() {
    return Pair.to(
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
  @Holds(Rule.SCHEMAS_ARE_FITTED)
  Stream<DynamicTest> schemasAreFittedToGeminiAndEmptyParametersAreAnObject() {
    return Pair.to(
        Set.of("gemini"),
        pair -> {
          String members = pair.client().tools() + "," + pair.client().user("hi");
          JsonNode tools =
              Pair.body(pair.write(pair.client().ask(members, false)))
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
  @Holds(Rule.TOOL_CHOICE_AND_ARGUMENTS)
  Stream<DynamicTest> argumentsThatAreNotJsonAreNeverFatal() {
    return Pair.each(
        Pair.all().filter(pair -> Set.of(Client.OPENAI, Client.RESPONSES).contains(pair.client())),
        pair -> {
          String members =
              Opening.called(pair.client(), pair.client().tools() + ",")
                  .replace("'arguments':'{}'", "'arguments':'{broken'");
          assertThat(pair.sent(pair.client().ask(members, false))).contains("broken");
        });
  }

  @TestFactory
  @Holds(Rule.EMPTY_AND_CUT_CALLS_ARE_CALLS)
  Stream<DynamicTest> noArgumentsAreAnEmptyObject() {
    return Pair.each(
        Pair.all()
            .filter(pair -> Set.of(Client.OPENAI, Client.RESPONSES).contains(pair.client()))
            .filter(pair -> !pair.same()),
        pair -> {
          for (String none : List.of("", " ", "null")) {
            String members =
                Opening.called(pair.client(), pair.client().tools() + ",")
                    .replace("'arguments':'{}'", "'arguments':'" + none + "'");
            JsonNode body = Pair.body(pair.write(pair.client().ask(members, false)));
            for (JsonNode arguments : Wire.arguments(pair.dialect().name(), body)) {
              String json = arguments.isTextual() ? arguments.textValue() : arguments.toString();
              assertThat(json).isEqualTo("{}");
            }
          }
        });
  }

  @TestFactory
  @Holds(Rule.TOOL_CHOICE_AND_ARGUMENTS)
  Stream<DynamicTest> argumentsAreTextToOpenAiAndAnObjectToTheOthers() {
    return Pair.each(
        pair -> {
          String members = Opening.called(pair.client(), pair.client().tools() + ",");
          JsonNode body = Pair.body(pair.write(pair.client().ask(members, false)));
          boolean text = pair.goesTo(Set.of("openai", "responses"));
          assertThat(Wire.arguments(pair.dialect().name(), body))
              .hasSize(2)
              .allSatisfy(arguments -> assertThat(arguments.isTextual()).isEqualTo(text))
              .allSatisfy(arguments -> assertThat(arguments.isObject()).isEqualTo(!text));
        });
  }

  @TestFactory
  @Holds(Rule.SCHEMAS_ARE_FITTED)
  Stream<DynamicTest> whatGeminiHasNoWordForIsNotInASchema() {
    String schema =
        "{'type':'object','title':'Place','$defs':{'town':{'type':'string','default':'Oslo',"
            + "'examples':['Bergen'],'description':'w1tness'}},"
            + "'properties':{'city':{'$ref':'#/$defs/town'}},'required':['city']}";
    return Pair.to(
        Set.of("gemini"),
        pair -> {
          String tools =
              pair.client()
                  .tools()
                  .replace("{'type':'object','properties':{'city':{'type':'string'}}}", schema);
          String sent = pair.sent(pair.client().ask(tools + "," + pair.client().user("hi"), false));
          assertThat(sent)
              .contains("w1tness", "'required':['city']")
              .doesNotContain("$defs", "$ref", "'default'", "'title'", "'examples'");
        });
  }
}
