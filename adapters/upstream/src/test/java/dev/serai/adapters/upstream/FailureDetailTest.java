package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reason of a failed connection has the same words on every transport. */
class FailureDetailTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "finishConnect(..) failed with error(-111): Connection refused: localhost/127.0.0.1:9",
        "finishConnect(..) failed: Connection refused: localhost/127.0.0.1:9",
        "Connection refused: no further information: localhost/127.0.0.1:9",
        "Connection refused: localhost/127.0.0.1:9"
      })
  void aRefusedConnectionIsSaidInTheSameWords(String message) {
    ConnectException failure = new ConnectException(message);
    failure.initCause(new ConnectException("Connection refused"));

    assertThat(FailureDetail.of(failure)).isEqualTo("connection refused by localhost/127.0.0.1:9");
  }

  @Test
  void anAddressWithoutANameHasNoSlash() {
    assertThat(FailureDetail.of(new ConnectException("Connection refused: /127.0.0.1:9")))
        .isEqualTo("connection refused by 127.0.0.1:9");
  }
}
