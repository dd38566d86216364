package dev.serai.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.16.0/20, 192.168.31.255, true",
    "192.168.16.0/20, 192.168.32.0, false",
    "1.2.3.4/32, 1.2.3.4, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "fd00::/8, fd12:3456::1, true",
    "fd00::/8, fe80::1, false",
    "10.0.0.0/8, fd00::1, false",
    "10.0.0.0/8, ten.example.com, false",
    "0.0.0.0/0, 999.1.1.1, false"
  })
  void anAddressIsInARangeByItsFirstBits(String range, String host, boolean inside) {
    assertThat(AddressRange.parse(range).contains(host)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "fd00::/129", "host/8", "10.0.0.0/x", "/8"})
  void aMalformedRangeIsRefused(String range) {
    assertThatThrownBy(() -> AddressRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + range + "' is not a range");
  }
}
