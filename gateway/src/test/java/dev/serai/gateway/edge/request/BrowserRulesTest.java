package dev.serai.gateway.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server only this machine reaches, and which host names a server serves. */
class BrowserRulesTest {
  /** What others reach needs API keys, and serves any host name. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.1, true",
    "127.8.8.8, true",
    "localhost, true",
    "LOCALHOST, true",
    "::1, true",
    "[::1], true",
    "0:0:0:0:0:0:0:1, true",
    "::ffff:127.0.0.1, true",
    "0, false",
    "0.0.0.0, false",
    "::, false",
    "[::], false",
    "::ffff:0.0.0.0, false",
    "192.168.1.7, false",
    "127.evil.invalid, false",
    "no-such-name.invalid, false",
  })
  void aServerIsOnTheLoopbackIfWhatItBindsToIs(String address, boolean loopback) {
    assertThat(BrowserRules.isLoopback(address)).isEqualTo(loopback);
  }

  @Test
  void aNameIsTheAddressesThatItResolvesTo() throws Exception {
    String own = InetAddress.getLocalHost().getHostName();
    boolean loopback = true;
    for (InetAddress each : InetAddress.getAllByName(own)) {
      loopback &= each.isLoopbackAddress();
    }
    assertThat(BrowserRules.isLoopback(own)).isEqualTo(loopback);
  }

  @Test
  void aServerOnOtherAddressesOrForAllNamesServesAnyName() {
    assertThat(BrowserRules.of("0.0.0.0", List.of(), List.of()).checkHost("evil.example"))
        .isEmpty();
    assertThat(BrowserRules.of("127.0.0.1", List.of("*"), List.of()).checkHost("evil.example"))
        .isEmpty();
    assertThat(BrowserRules.of("localhost", List.of(), List.of()).checkHost("evil.example"))
        .isPresent();
  }
}
