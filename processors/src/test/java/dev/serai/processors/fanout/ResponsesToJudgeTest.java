package dev.serai.processors.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResponsesToJudgeTest {
  private static final ResponsesToJudge SHOWN =
      new ResponsesToJudge("user:\nWhere is it?", List.of("North.", "South."));

  private static String request(Set<String> regions, List<Integer> order) {
    return new String(SHOWN.request("a/judge", regions, order), UTF_8);
  }

  @Test
  void theResponsesAreShownInTheOrderThatIsDrawn() {
    assertThat(request(Set.of(), List.of(1, 0)))
        .contains("\"model\":\"a/judge\"", "Where is it?")
        .contains("Response 1:\\nSouth.\\n\\nResponse 2:\\nNorth.")
        .doesNotContain("routing");
  }

  @Test
  void aJudgeRunsWhereTheCallMayRun() {
    assertThat(request(Set.of("eu"), List.of(0, 1)))
        .contains("\"serai\":{\"routing\":{\"region\":[\"eu\"]}}");
  }

  @Test
  void everyOrderIsDrawn() {
    Random random = new Random(7);
    assertThat(Stream.generate(() -> SHOWN.order(random)).limit(50))
        .contains(List.of(0, 1), List.of(1, 0))
        .allMatch(order -> Set.copyOf(order).equals(Set.of(0, 1)));
  }
}
