package dev.serai.adapters.dialects.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.fanout.JsonComparison.Merged;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class JsonObjectsTest {
  private static final Offset<Double> NEAR = Offset.offset(0.001);

  private static Merged merged(List<Integer> weights, String... objects) {
    return new JsonObjects().merge(List.of(objects), weights);
  }

  @Test
  void equalObjectsStayAsTheyAre() {
    Merged made = merged(List.of(1, 1), "{\"b\":1,\"a\":[1,2]}", "{\"a\":[1,2.0],\"b\":1e0}");
    assertThat(made.json()).isEqualTo("{\"b\":1,\"a\":[1,2]}");
    assertThat(made.agreement()).isEqualTo(1);
  }

  @Test
  void aMemberHasTheValueWithTheMostWeight() {
    Merged made = merged(List.of(2, 1, 2), "{\"a\":1}", "{\"a\":2}", "{\"a\":2}");
    assertThat(made.json()).isEqualTo("{\"a\":2}");
    assertThat(made.agreement()).isCloseTo(0.6, NEAR);
  }

  @Test
  void ofEqualWeightsTheFirstValueCounts() {
    assertThat(merged(List.of(1, 1), "{\"a\":1}", "{\"a\":2}").json()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aMemberWithoutMoreThanHalfOfTheWeightIsLeftOut() {
    Merged made = merged(List.of(1, 1), "{\"a\":1,\"b\":1}", "{\"a\":1}");
    assertThat(made.json()).isEqualTo("{\"a\":1}");
    assertThat(made.agreement()).isCloseTo(0.75, NEAR);
    assertThat(merged(List.of(2, 1), "{\"a\":1,\"b\":1}", "{\"a\":1}").json())
        .isEqualTo("{\"a\":1,\"b\":1}");
  }

  @Test
  void objectsWithinObjectsAreMergedAndOtherValuesComparedAsAWhole() {
    Merged made =
        merged(
            List.of(1, 1, 1),
            "{\"o\":{\"x\":1,\"y\":1},\"l\":[1]}",
            "{\"o\":{\"x\":2,\"y\":1},\"l\":[1,2]}",
            "{\"o\":{\"x\":2,\"y\":3},\"l\":[1,2]}");
    assertThat(made.json()).isEqualTo("{\"o\":{\"x\":2,\"y\":1},\"l\":[1,2]}");
  }

  @Test
  void anObjectAgainstAnotherValueIsComparedAsAWhole() {
    assertThat(merged(List.of(1, 2), "{\"o\":{\"x\":1}}", "{\"o\":null}").json())
        .isEqualTo("{\"o\":null}");
  }

  @Test
  void emptyObjectsAgree() {
    Merged made = merged(List.of(1, 1), "{}", " { } ");
    assertThat(made.json()).isEqualTo("{}");
    assertThat(made.agreement()).isEqualTo(1);
  }
}
