package dev.serai.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.net.RedisAddress;
import dev.serai.core.rate.shared.RateExchange.Count;
import dev.serai.core.rate.shared.RateExchange.Reply;
import dev.serai.core.rate.shared.RateExchange.Report;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever replies at the address of Redis, an exchange ends with a reply or a clear error. */
class RedisRatesTest {
  private static final Report REPORT =
      new Report("one", 1, List.of(new Count("window", 1, 1, 0.001)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "-LOADING Redis is loading the dataset in memory\r\n",
        "-MASTERDOWN Link with MASTER is down\r\n",
        "-NOSCRIPT No matching script\r\n",
        "-\r\n",
        "+OK\r\n",
        ":5\r\n",
        ":five\r\n",
        "$-1\r\n",
        "$-2\r\n",
        "$2147483600\r\nx",
        "$3\r\nabcdef\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2147483600\r\n:1\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
        "*4\r\n:1\r\n:1\r\n:1\r\n$3\r\nNaN\r\n",
        "*4\r\n:1\r\n:1\r\n:1\r\n$8\r\nInfinity\r\n",
        "*4\r\n:1\r\n:1\r\n:1\r\n:-1\r\n",
        "*4\r\n:1\r\n:1\r\n:-1\r\n:1\r\n",
        "*4\r\n:9223372036854775807\r\n:1\r\n:1\r\n:1\r\n",
        "*4\r\n$-1\r\n:1\r\n:1\r\n:1\r\n",
        "*3\r\n:1\r\n:1\r\n:1\r\n",
        "\0\u0015\u0003\u0001\r\n",
      })
  void aReplyThatIsNotOfRedisIsAnError(String reply) {
    refuses(reply);
  }

  @Test
  void aLineWithoutEndIsAnError() {
    refuses("+" + "x".repeat(1_000_000));
  }

  /** A seed that fails is in the name of the failure. */
  @Test
  void noBytesBreakTheReader() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      StringBuilder bytes = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        bytes.append("*$:+-_,#%>019\r\n\r\n\u00ff".charAt(random.nextInt(18)));
      }
      refuses(bytes + "\r\n!");
    }
  }

  @Test
  void aReplyOfTheScriptIsRead() throws IOException {
    String reply = "*4\r\n$2\r\n60\r\n$4\r\n5000\r\n:2\r\n$3\r\n1.5\r\n";
    try (ScriptedServer server = new ScriptedServer(reply, false);
        RedisRates rates = new RedisRates(RedisAddress.parse(server.url()), "test")) {
      assertThat(rates.exchange(REPORT)).isEqualTo(new Reply(60_005, 2, List.of(1.5)));
    }
  }

  private static void refuses(String reply) {
    refuses(reply, false);
    refuses(reply, true);
  }

  private static void refuses(String reply, boolean always) {
    try (ScriptedServer server = new ScriptedServer(reply, always);
        RedisRates rates = new RedisRates(RedisAddress.parse(server.url()), "test")) {
      assertThatThrownBy(() -> rates.exchange(REPORT))
          .as(reply)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Redis");
    }
  }
}
