package dev.serai.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.ProviderRequest.ReplyKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderRequestTest {
  private static ProviderRequest written() {
    return ProviderRequest.post("/a", new HeaderFields(), new byte[1], ReplyKind.STREAM)
        .dropping(List.of("seed"))
        .slowly();
  }

  @Test
  void anotherPathChangesNothingElse() {
    ProviderRequest written = written();
    ProviderRequest moved = written.withPath("/b");
    assertThat(moved.path()).isEqualTo("/b");
    assertThat(moved.withPath("/a")).isEqualTo(written);
  }

  @Test
  void aChangeThatChangesNothingCostsNothing() {
    ProviderRequest written = written();
    assertThat(written.dropping(List.of())).isSameAs(written);
    assertThat(written.sending(Optional.empty())).isSameAs(written);
    assertThat(written.withMethod("POST")).isSameAs(written);
  }

  @Test
  void aWebSocketIsAnOngoingReplyToAGet() {
    ProviderRequest handshake = ProviderRequest.webSocket("/a", new HeaderFields());
    assertThat(handshake.method()).isEqualTo("GET");
    assertThat(handshake.webSocket()).isTrue();
    assertThat(handshake.streaming()).isTrue();
    assertThat(written().webSocket()).isFalse();
  }
}
