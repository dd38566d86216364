package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sampling parameters and tool choice, for every pair. */
class ChoiceRulesTest {
  private static final Set<String> OF_OPENAI = Set.of("openai", "responses");

  private static Stream<DynamicTest> each(Set<Client> clients, Pair.Claim claim) {
    return Pair.each(
        Pair.all().filter(pair -> clients.contains(pair.client()) && !pair.same()), claim);
  }

  private static String chosen(Client client) {
    return client.say(
        "'temperature':0.5,'top_p':0.9,'stop':['END'],",
        "'temperature':0.5,'top_p':0.9,",
        "'temperature':0.5,'top_p':0.9,'stop_sequences':['END'],",
        "'generationConfig':{'temperature':0.5,'topP':0.9,'stopSequences':['END']},",
        "'options':{'temperature':0.5,'top_p':0.9,'stop':['END']},");
  }

  /** They answer 400 to it. */
  @TestFactory
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
  Stream<DynamicTest> modelsOfOpenAiThatThinkAreNotToldHowToChooseWords() {
    return Pair.to(
        OF_OPENAI,
        pair -> {
          Client client = pair.client();
          ChatRequest request = client.ask(chosen(client) + client.user("hi"), false);
          for (String model : Set.of("gpt-5-mini", "openai/gpt-5", "o3", "gpt-5.1-codex")) {
            ProviderRequest written = pair.write(request, model);
            assertThat(Pair.text(written)).as(model).doesNotContain("temperature", "top_p", "END");
            assertThat(written.dropped()).as(model).contains("temperature", "top_p");
          }
          for (String model : Set.of("gpt-4.1", "gpt-5.1", "gpt-5-chat-latest", "a-model")) {
            String sent = Pair.text(pair.write(request, model));
            assertThat(sent).as(model).contains("'temperature':0.5", "'top_p':0.9");
          }
        });
  }

  /** Three dialects have the same words for it, or nearly. */
  @TestFactory
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
  Stream<DynamicTest> aSeedAndPenaltiesAreSentOrReportedAsDropped() {
    return each(
        Set.of(Client.OPENAI, Client.GEMINI, Client.OLLAMA),
        pair -> {
          String plain = "'seed':7,'frequency_penalty':0.25,";
          String wish =
              pair.client()
                  .say(
                      plain,
                      "",
                      "",
                      "'generationConfig':{'seed':7,'frequencyPenalty':0.25},",
                      "'options':{" + plain.substring(0, plain.length() - 1) + "},");
          ProviderRequest written =
              pair.write(pair.client().ask(wish + pair.client().user("hi"), false));
          boolean told = pair.goesTo(Set.of("openai", "gemini", "ollama"));
          assertThat(Pair.text(written).contains("'seed':7")).isEqualTo(told);
          assertThat(Pair.text(written).contains("enalty':0.25")).isEqualTo(told);
          assertThat(written.dropped().contains("seed")).isEqualTo(!told);
          assertThat(written.dropped().contains("frequency_penalty")).isEqualTo(!told);
        });
  }

  @TestFactory
  @Holds(Rule.TOOL_CHOICE_AND_ARGUMENTS)
  Stream<DynamicTest> toolsThatAreNotAllowedAreNotOffered() {
    return each(
        Set.of(Client.OPENAI, Client.RESPONSES, Client.GEMINI),
        pair -> {
          String choice =
              pair.client()
                  .say(
                      "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required',"
                          + "'tools':[{'type':'function','function':{'name':'look'}}]}},",
                      "'tool_choice':{'type':'allowed_tools','mode':'required','tools':"
                          + "[{'type':'function','name':'look'}]},",
                      "",
                      "'toolConfig':{'functionCallingConfig':{'mode':'ANY',"
                          + "'allowedFunctionNames':['look']}},",
                      "");
          String members = choice + pair.client().tools() + "," + pair.client().user("hi");
          ProviderRequest written = pair.write(pair.client().ask(members, false));
          assertThat(Pair.text(written)).contains("looks it up").doesNotContain("tells time");
          boolean forced =
              Pair.text(written)
                  .matches(".*('required'|'any'|'ANY'|'tool_choice':\\{|'toolChoice':\\{).*");
          assertThat(forced || written.dropped().contains("tool_choice")).isTrue();
        });
  }
}
