package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The translation of reasoning that is hidden, unsigned or required in the history. */
class ReasoningRulesTest {
  private static final String THOUGHT = "a thought of old";
  private static final String HIDDEN = "EmwKAhgBEgy3va3pzix/LafPsn4=";

  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> hiddenReasoningReturnsToItsProviderToo() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock")))
            .filter(pair -> pair.client() != Client.OLLAMA),
        pair -> {
          Destination destination = pair.target();
          byte[] turn = Client.bytes(RoundTripTest.next(pair, destination));
          String sent = pair.sent(pair.client().read(turn, false));
          assertThat(sent)
              .contains(
                  pair.goesTo(Set.of("anthropic"))
                      ? "{'type':'redacted_thinking','data':'EmwKAhgBEgy3va3pzix/Lafp='}"
                      : "{'reasoningContent':{'redactedContent':'EmwKAhgBEgy3va3pzix/Lafp'}}");
        });
  }

  /** From Anthropic's own API, which says of no provider that it made it. */
  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> whatAnthropicHasHiddenGoesToClaudeWhereverItRuns() {
    String history =
        "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':"
            + "'redacted_thinking','data':'"
            + HIDDEN
            + "'},{'type':'text','text':'hello'}]},{'role':'user','content':'there'}]";
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC),
        pair -> {
          ProviderRequest written = pair.write(pair.client().ask(history, false));
          boolean claude = pair.goesTo(Set.of("anthropic", "bedrock"));
          assertThat(Pair.text(written).contains(HIDDEN)).isEqualTo(claude);
          assertThat(written.dropped().isEmpty()).isEqualTo(claude);
          if (pair.goesTo(Set.of("bedrock"))) {
            assertThat(Pair.text(written))
                .contains("[{'reasoningContent':{'redactedContent':'" + HIDDEN + "'}},{'text'");
          }
        });
  }

  /** A budget requires that the client returns the reasoning before the calls. */
  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> thinkingGoesOnInTheMiddleOfATurnOfTools() {
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock"))),
        pair -> {
          byte[] turn = Client.bytes(RoundTripTest.next(pair, pair.target()));
          String sent = pair.sent(pair.client().read(turn, false));
          assertThat(sent.contains("budget_tokens")).isEqualTo(pair.client() != Client.OLLAMA);
        });
  }

  /** A last message of the assistant begins without reasoning, which is refused. */
  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> aTurnThatTheCallerBeganGoesOnWithoutABudget() {
    return Pair.to(
        Set.of("anthropic", "bedrock"),
        pair -> {
          Client client = pair.client();
          String wish =
              client.say(
                  "'reasoning_effort':'high',",
                  "'reasoning':{'effort':'high'},",
                  "'thinking':{'type':'enabled','budget_tokens':2048},",
                  "'generationConfig':{'thinkingConfig':{'thinkingBudget':2048}},",
                  "'think':'high',");
          String begun =
              client.say(
                  ",{'role':'assistant','content':'So'}]",
                  "",
                  ",{'role':'assistant','content':'So'}]",
                  ",{'role':'model','parts':[{'text':'So'}]}]",
                  ",{'role':'assistant','content':'So'}]");
          String said = client.user("hi");
          String members =
              client == Client.RESPONSES
                  ? "'input':[{'role':'user','content':'hi'},{'role':'assistant','content':'So'}]"
                  : said.substring(0, said.length() - 1) + begun;
          ProviderRequest written = pair.write(client.ask(wish + members, false));
          assertThat(Pair.text(written)).contains("'So'").doesNotContain("budget_tokens");
          assertThat(written.dropped()).isNotEmpty();
        });
  }

  /** Reasoning without a signature is never sent as signed reasoning of the model. */
  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> unsignedReasoningIsTextOnBedrockAndLeftOutForClaude() {
    return Pair.to(
        Set.of("anthropic", "bedrock"),
        pair -> {
          ProviderRequest written =
              pair.write(pair.client().ask(thoughtful(pair.client(), ""), false));
          String sent = Pair.text(written);
          assertThat(sent).doesNotContain("reasoningContent", "'thinking'");
          assertThat(sent.contains(THOUGHT)).isEqualTo(pair.goesTo(Set.of("bedrock")));
          assertThat(
                  sent.contains(THOUGHT)
                      || written.dropped().contains("messages.reasoning_content"))
              .isTrue();
        });
  }

  /** DeepSeek answers 400 to a turn of tools that comes back without. */
  @TestFactory
  @Holds(Rule.STATE_OF_CALLS_COMES_BACK)
  Stream<DynamicTest> reasoningComesBackWithTheCallsToThoseWhoWantIt() {
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("openai"))),
        pair -> {
          Destination destination = Pair.target(pair.dialect(), "acme", "reasoning-content");
          ChatRequest bare =
              pair.client().ask(Opening.called(pair.client(), pair.client().tools() + ","), false);
          assertThat(Pair.text(pair.dialect().writeRequest(bare, destination)))
              .contains("'reasoning_content':''");
          byte[] turn = Client.bytes(RoundTripTest.next(pair, destination));
          ChatRequest thoughtful = pair.client().read(turn, false);
          assertThat(Pair.text(pair.dialect().writeRequest(thoughtful, destination)))
              .contains("'reasoning_content':'A town in the north.'");
        });
  }

  /** Google's own place for it, on the first of the parallel calls. */
  @TestFactory
  @Holds(Rule.STATE_OF_CALLS_COMES_BACK)
  Stream<DynamicTest> geminisSignatureIsAtItsCallAgain() {
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("gemini"))),
        pair -> {
          byte[] turn = Client.bytes(RoundTripTest.next(pair, pair.target()));
          String sent = pair.sent(pair.client().read(turn, false));
          List<String> signed =
              StrictJson.tree(Pair.bytes(sent)).findParents("thoughtSignature").stream()
                  .map(part -> part.at("/functionCall/name").asText())
                  .toList();
          assertThat(signed).containsExactly("look");
        });
  }

  /** A history with reasoning that has this state. */
  private static String thoughtful(Client client, String state) {
    String chat =
        "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'hello','MEMBER':'"
            + THOUGHT
            + "'},{'role':'user','content':'there'}]";
    return client.say(
        chat.replace("MEMBER", "reasoning_content"),
        "'input':[{'role':'user','content':'hi'},{'type':'reasoning','summary':[{'type':"
            + "'summary_text','text':'"
            + THOUGHT
            + "'}]},{'role':'assistant','content':'hello'},{'role':'user','content':'there'}]",
        "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':"
            + "'thinking','thinking':'"
            + THOUGHT
            + "','signature':'"
            + state
            + "'},{'type':'text','text':'hello'}]},{'role':'user','content':'there'}]",
        "'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':[{'text':'"
            + THOUGHT
            + "','thought':true},{'text':'hello'}]},{'role':'user','parts':[{'text':'there'}]}]",
        chat.replace("MEMBER", "thinking"));
  }
}
