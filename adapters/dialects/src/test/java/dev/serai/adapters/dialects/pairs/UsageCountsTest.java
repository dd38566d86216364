package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Token counts in other forms: whole numbers are read, anything else is not a count. */
class UsageCountsTest {
  private static final List<String> TEN = List.of("10", "10.0", "1e1", "1.0E+1", "100e-1");
  private static final List<String> NO_COUNT =
      List.of(
          "'10'",
          "10.7",
          "-5",
          "true",
          "{}",
          "[10]",
          "2000000000",
          "9223372036854775807",
          "1e9999",
          "-1e9999",
          "1e-9999");

  private static Optional<Usage> read(Dialect dialect, String input, String output) {
    String body =
        switch (dialect.name()) {
          case "openai" ->
              "{'id':'c','choices':[{'index':0,'message':{'role':'assistant','content':'ok'},"
                  + "'finish_reason':'stop'}],'usage':{'prompt_tokens':IN,"
                  + "'completion_tokens':OUT}}";
          case "responses" ->
              "{'id':'r','object':'response','status':'completed','output':[],"
                  + "'usage':{'input_tokens':IN,'output_tokens':OUT}}";
          case "anthropic" ->
              "{'id':'m','type':'message','role':'assistant','content':[],"
                  + "'stop_reason':'end_turn','usage':{'input_tokens':IN,'output_tokens':OUT}}";
          case "bedrock" ->
              "{'output':{'message':{'role':'assistant','content':[{'text':'ok'}]}},"
                  + "'stopReason':'end_turn','usage':{'inputTokens':IN,'outputTokens':OUT}}";
          case "gemini" ->
              "{'candidates':[{'content':{'parts':[{'text':'ok'}]},'finishReason':'STOP'}],"
                  + "'usageMetadata':{'promptTokenCount':IN,'candidatesTokenCount':OUT}}";
          default ->
              "{'model':'m','message':{'role':'assistant','content':'ok'},'done':true,"
                  + "'prompt_eval_count':IN,'eval_count':OUT}";
        };
    byte[] bytes = Pair.bytes(body.replace("IN", input).replace("OUT", output));
    return dialect.readUsage(bytes, Pair.target(dialect, "acme"));
  }

  private static Stream<DynamicTest> each(List<String> counts, BiConsumer<Dialect, String> claim) {
    return Pair.DIALECTS.stream()
        .flatMap(
            dialect ->
                counts.stream()
                    .map(
                        count ->
                            DynamicTest.dynamicTest(
                                dialect.name() + " " + count, () -> claim.accept(dialect, count))));
  }

  @TestFactory
  Stream<DynamicTest> aWholeNumberIsReadInAnyForm() {
    return each(
        TEN,
        (dialect, count) -> {
          assertThat(read(dialect, count, "5")).contains(Usage.of(10, 5));
          assertThat(read(dialect, "5", count)).contains(Usage.of(5, 10));
        });
  }

  @TestFactory
  Stream<DynamicTest> aCountThatCannotBeReadLeavesNoUsageThatWouldBeFree() {
    return each(
        NO_COUNT,
        (dialect, count) -> {
          assertThat(read(dialect, count, "5")).isEmpty();
          assertThat(read(dialect, "5", count)).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> nullIsNotACount() {
    return each(
        List.of("null"),
        (dialect, count) -> {
          assertThat(read(dialect, count, count)).isEmpty();
          assertThat(read(dialect, "10", count)).contains(Usage.of(10, 0));
        });
  }

  @Test
  void aStreamIsReadAlike() {
    assertThat(streamed("10.0")).containsExactly(Usage.of(10, 5));
    assertThat(streamed("10.7")).isEmpty();
    assertThat(streamed("'10'")).isEmpty();
  }

  private static List<Usage> streamed(String input) {
    Pair pair = new Pair(Client.ANTHROPIC, Pair.DIALECTS.getFirst());
    String chunk =
        "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'ok'},"
            + "'finish_reason':'stop'}],'usage':{'prompt_tokens':"
            + input
            + ",'completion_tokens':5}}\n\ndata: [DONE]\n\n";
    return pair.heard(pair.client().hello(true), List.of(Pair.bytes(chunk))).stream()
        .filter(ChatEvent.UsageReported.class::isInstance)
        .map(event -> ((ChatEvent.UsageReported) event).usage())
        .toList();
  }
}
