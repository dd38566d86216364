package dev.serai.adapters.dialects.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataLabelsTest {
  @Test
  void tagsAreAListOrATextWithCommas() {
    CallLabels expected = new CallLabels("s1", "summary", Set.of("web", "blå"));
    String others = "\"session_id\": \"s1\", \"task_type\": \"summary\", \"shop\": 7}";
    assertThat(labels("{\"tags\": [\"web\", \"blå\"], " + others)).isEqualTo(expected);
    assertThat(labels("{\"tags\": \"web, blå\", " + others)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"x\"", "[]", "{}", "{\"user_id\": \"ann\"}", "{\"tags\": null}"})
  void otherMetadataSaysNothing(String metadata) {
    assertThat(labels(metadata)).isSameAs(CallLabels.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\": 7}",
        "{\"tags\": [7]}",
        "{\"tags\": [\"a\\nb\"]}",
        "{\"session_id\": {}}",
        "{\"task_type\": true}",
        "{\"a\": 1, \"a\": 2}"
      })
  void whatIsMalformedIsRefusedByName(String metadata) {
    assertThatThrownBy(() -> labels(metadata))
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.message()).contains("metadata"));
  }

  private static CallLabels labels(String metadata) {
    String request = "{\"model\": \"m\", \"metadata\": " + metadata + "}";
    return MetadataLabels.of(JsonMembers.of(request.getBytes(StandardCharsets.UTF_8)));
  }
}
