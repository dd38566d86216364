package dev.serai.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWeightTest {
  @Test
  void manySmallValuesWeighAMultipleOfTheirLength() {
    String message = "{\"role\":\"user\",\"content\":\"a\"},";
    long weight = weight(message.repeat(1_000));
    assertThat(weight / 1_000).as("for each message").isBetween(500L, 1_500L);
  }

  @Test
  void aTextWeighsNothingWhateverItsCharactersAre() {
    assertThat(weight("\"" + "{[a:b,c]},".repeat(100) + "\"")).isZero();
    assertThat(weight("\"\\\"{:,\\\\\\\"[\"")).isZero();
    assertThat(weight("\"\\\\\"")).isZero();
    assertThat(weight("\"\\\\\",")).as("behind the text").isEqualTo(weight(","));
  }

  @Test
  void theWeightIsTheSameAtEverySplit() {
    byte[] json =
        "{\"a\":[1,2,{\"b\\\"{\":\"\\\\\"}],\"c, d\":\"\\u0022:\",\"e\":{}}".getBytes(UTF_8);
    for (int split = 0; split <= json.length; split++) {
      JsonWeight weight = new JsonWeight();
      weight.add(json, 0, split);
      weight.add(json, split, json.length);
      assertThat(weight.bytes()).as("split at %d", split).isEqualTo(JsonWeight.of(json));
    }
  }

  private static long weight(String json) {
    return JsonWeight.of(json.getBytes(UTF_8));
  }
}
