package dev.serai.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.RequestDeadlines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderRequestTest {
  @Test
  void anotherPathChangesNothingElse() {
    ProviderRequest written =
        new ProviderRequest(
            "POST",
            "/a",
            new HeaderFields(),
            new byte[1],
            true,
            List.of("seed"),
            true,
            RequestDeadlines.NONE,
            true,
            Optional.empty());
    ProviderRequest moved = written.withPath("/b");
    assertThat(moved.path()).isEqualTo("/b");
    assertThat(moved.withPath("/a")).isEqualTo(written);
  }
}
