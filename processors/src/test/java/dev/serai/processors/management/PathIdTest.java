package dev.serai.processors.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import org.junit.jupiter.api.Test;

/** Every route reads the ID of its path alike. */
class PathIdTest {
  private static final String PREFIX = "/v1/keys/";

  private static InboundRequest at(String path) {
    return new InboundRequest("GET", path, "", Headers.NONE, new byte[0]);
  }

  @Test
  void theIdIsTheDecodedSegmentAfterThePrefix() {
    assertThat(PathId.after(PREFIX, at("/v1/keys/team%2Fa+b%20c"))).isEqualTo("team/a+b c");
    assertThat(PathId.after(PREFIX, at("/v1/keys/key_1/"))).isEqualTo("key_1");
    assertThat(PathId.after(PREFIX, at("/v1/keys"))).isEmpty();
    assertThat(PathId.after(PREFIX, at("/v1/keys/"))).isEmpty();
  }

  @Test
  void theSegmentAfterTheIdIsTheOperation() {
    InboundRequest rotation = at("/v1/keys/key_1/rotate");
    assertThat(PathId.after(PREFIX, rotation)).isEqualTo("key_1");
    assertThat(PathId.operation(PREFIX, rotation)).isEqualTo("rotate");
    assertThat(PathId.operation(PREFIX, at("/v1/keys/key_1"))).isEmpty();
    assertThat(PathId.operation(PREFIX, at("/v1/keys"))).isEmpty();
  }

  @Test
  void aMalformedEscapeIsTheClientsFault() {
    assertThatThrownBy(() -> PathId.after(PREFIX, at("/v1/keys/key%zz")))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).contains("id");
            });
  }
}
