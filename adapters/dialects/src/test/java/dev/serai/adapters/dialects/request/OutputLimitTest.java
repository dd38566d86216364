package dev.serai.adapters.dialects.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputLimitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"max_tokens": 64}                                 | 64
          {"max_completion_tokens": 9, "max_tokens": null}   | 9
          {"max_output_tokens": 7}                           | 7
          {"max_tokens": 10, "n": 3}                         | 30
          {"generationConfig": {"maxOutputTokens": 5}}       | 5
          {"generation_config": {"max_output_tokens": 6}}    | 6
          {"options": {"num_predict": 8}}                    | 8
          {"options": {"num_predict": -1}}                   | 0
          {"max_tokens": "many"}                             | 0
          {"max_tokens": 99999999999}                        | 0
          {"messages": []}                                   | 0
          """)
  void theMostTokensOfAResponseAreFoundWithoutParsingTheRequest(String json, long limit)
      throws Exception {
    OptionalLong found = OutputLimit.of(JsonMembers.of(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(found.orElse(0)).isEqualTo(limit);
  }
}
