package dev.serai.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void anAmountHasNoMoreDigitsThanNeeded() {
    assertThat(Money.usd(0).toPlainString()).isEqualTo("0");
    assertThat(Money.usd(1).toPlainString()).isEqualTo("0.000000001");
    assertThat(Money.usd(100_000_000_000L).toPlainString()).isEqualTo("100");
    assertThat(Money.usd(1_500_000_000L).toPlainString()).isEqualTo("1.5");
  }

  @Test
  void anAmountForPeopleHasCents() {
    assertThat(Money.text(0)).isEqualTo("0.00");
    assertThat(Money.text(100_000_000_000L)).isEqualTo("100.00");
    assertThat(Money.text(1_500_000_000L)).isEqualTo("1.50");
    assertThat(Money.text(1_234_500_000L)).isEqualTo("1.2345");
  }
}
