package dev.serai.processors.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CapacityProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationMemoryTest {
  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));

  @ParameterizedTest
  @CsvSource({
    "plain, 3",
    "\u00e9, 3",
    "\\u00e9, 3",
    "\\n\\\\u2014, 3",
    "\u2014, 6",
    "\uD83D\uDE00, 6",
    "\\u2014, 6",
    "\\u0100, 6"
  })
  void aReplyWithCharactersBeyondLatin1CountsTwiceAsMuch(String text, int copies) {
    byte[] reply = ("x".repeat(100_000) + text + "yyyy").getBytes(UTF_8);
    ByteLimit limit = new ByteLimit(1_000_000);
    new TranslationMemory(limit).hold(call, reply);
    assertThat(limit.taken()).isEqualTo((long) copies * reply.length);
    ByteLimit small = new ByteLimit((long) copies * reply.length - 1);
    assertThatThrownBy(() -> new TranslationMemory(small).hold(call, reply))
        .isInstanceOf(CapacityProblem.class);
  }

  @Test
  void aReplyOfManySmallValuesCountsTheWeightOfItsObjects() {
    byte[] reply = ("[" + "{\"a\":\"b\"},".repeat(50_000) + "{}]").getBytes(UTF_8);
    ByteLimit limit = new ByteLimit(100_000_000);
    new TranslationMemory(limit).hold(call, reply);
    assertThat(limit.taken()).isGreaterThan(20L * reply.length);
  }
}
