package dev.serai.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @Test
  void aUrlHasUserPasswordPortAndDatabase() {
    RedisAddress address = RedisAddress.parse("rediss://serai:p%40ss+word@cache.example:6380/3");

    assertThat(address.tls()).isTrue();
    assertThat(address.host()).isEqualTo("cache.example");
    assertThat(address.port()).isEqualTo(6380);
    assertThat(address.user()).contains("serai");
    assertThat(address.password()).contains("p@ss+word");
    assertThat(address.database()).isEqualTo(3);
    assertThat(address).hasToString("rediss://cache.example:6380/3");
  }

  @Test
  void whatIsLeftOutHasRedisOwnDefaults() {
    RedisAddress address = RedisAddress.parse("redis://[::1]");

    assertThat(address.tls()).isFalse();
    assertThat(address.host()).isEqualTo("::1");
    assertThat(address.port()).isEqualTo(6379);
    assertThat(address.user()).isEmpty();
    assertThat(address.password()).isEmpty();
    assertThat(address.database()).isZero();
    assertThat(RedisAddress.parse("redis://:secret@h").password()).contains("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://:secret@cache",
        "redis://:secret@",
        "redis://:secret@cache:0",
        "redis://:secret@cache:70000",
        "redis://:secret@cache/first",
        "redis://:secret@cache/99999",
        "redis://:secret@cache?db=1",
        "redis://secret@cache",
        "redis://:secret with space@cache",
        "redis://:sec%zzret@cache",
        "secret",
      })
  void aUrlThatIsNotValidIsRefusedWithoutItsPassword(String url) {
    assertThatThrownBy(() -> RedisAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("sec%");
  }
}
