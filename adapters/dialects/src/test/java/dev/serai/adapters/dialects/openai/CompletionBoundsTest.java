package dev.serai.adapters.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget holds what all responses of a completion cost, not what one costs. */
class CompletionBoundsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"prompt":"a"}                                | 1
          {"n":2}                                       | 2
          {"prompt":["a"]}                              | 1
          {"prompt":["a","b","c"]}                      | 3
          {"prompt":["a","b","c"],"n":2}                | 6
          {"prompt":["a","b"],"best_of":5,"n":2}        | 10
          {"prompt":[1,2,3]}                            | 1
          {"prompt":[[1,2,3],[4]]}                      | 2
          {"prompt":[]}                                 | 1
          """)
  void everyPromptOfAListHasResponsesOfItsOwn(String json, long responses) {
    JsonMembers members = JsonMembers.of(json.getBytes(StandardCharsets.UTF_8));
    CompletionRequest request = new CompletionRequest(new OpenAiRequest(members, "m", false, true));
    assertThat(request.bounds().choices()).isEqualTo(responses);
  }
}
