package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.BaseUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
  private static final ProxyRules PROXY =
      ProxyRules.of("http://proxy:3128", "http://proxy:3128", null);

  @ParameterizedTest
  @CsvSource({
    "https://oauth2.googleapis.com, true",
    "http://models.example.com, true",
    "http://metadata.google.internal, false",
    "http://169.254.169.254, false",
    "http://localhost:8000, false",
    "http://127.0.0.9, false",
    "'http://[::1]:8000', false",
    "http://127.example.com, true",
    "http://169.254.example.com, true"
  })
  void thisMachineAndItsMetadataServerAreNeverReachedThroughAProxy(String url, boolean proxied) {
    assertThat(PROXY.forAddress(BaseUrl.parse(url)).isPresent()).isEqualTo(proxied);
  }
}
