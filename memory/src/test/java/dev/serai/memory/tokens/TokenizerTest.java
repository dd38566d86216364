package dev.serai.memory.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.chat.Conversation;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private final Tokenizer tokenizer = new Tokenizer();

  @Test
  void textIsCountedByTheEncodingOfTheModelsFamily() {
    // the examples of OpenAI's cookbook, "How to count tokens with tiktoken"
    assertThat(tokenizer.tokens("gpt-4-turbo", "antidisestablishmentarianism")).isEqualTo(6);
    assertThat(tokenizer.tokens("gpt-4o", "antidisestablishmentarianism")).isEqualTo(6);
    assertThat(tokenizer.tokens("gpt-3.5-turbo", "お誕生日おめでとう")).isEqualTo(9);
    assertThat(tokenizer.tokens("gpt-4o", "お誕生日おめでとう")).isEqualTo(8);
  }

  @Test
  void controlTokensAreOrdinaryText() {
    assertThat(tokenizer.tokens("gpt-4o", "<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void aLongTextIsExtrapolatedFromItsBeginning() {
    String sentence = "The quick brown fox jumps over the lazy dog. ";
    long one = tokenizer.tokens("gpt-4o", sentence.repeat(100));
    String text = sentence.repeat(100_000);

    long began = System.nanoTime();
    long tokens = tokenizer.tokens("gpt-4o", text);

    assertThat(tokens).isCloseTo(one * 1000, within(one * 10));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(tokenizer.tokens("gpt-4o", "a".repeat(2_000_000))).isPositive();
  }

  @Test
  void aTextBehindVeryManyEmptyOnesIsEstimated() {
    ToLongFunction<String> texts = tokenizer.counter("gpt-4o");
    for (int i = 0; i < 20_000; i++) {
      assertThat(texts.applyAsLong("")).isZero();
    }
    assertThat(texts.applyAsLong("hello there")).isBetween(1L, 11L);
    assertThat(texts.applyAsLong("")).isZero();
  }

  @Test
  void ofVeryManyShortTextsOnlyTheFirstAreCounted() {
    String sentence = "The quick brown fox jumps over the lazy dog.";
    long one = tokenizer.tokens("gpt-4o", sentence);
    List<Conversation.Message> messages =
        Collections.nCopies(
            200_000,
            Conversation.Message.of(
                Conversation.Role.USER, List.of(new Conversation.TextPart(sentence))));
    ToLongFunction<String> inputs = tokenizer.counter("gpt-4o");

    long began = System.nanoTime();
    long tokens = tokenizer.estimate("gpt-4o", conversation(messages));
    long ofInputs = messages.stream().mapToLong(_ -> inputs.applyAsLong(sentence)).sum();

    assertThat(tokens).isCloseTo((one + 4) * 200_000, within(one * 2000));
    assertThat(ofInputs).isCloseTo(one * 200_000, within(one * 2000));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  private static Conversation conversation(List<Conversation.Message> messages) {
    return new Conversation(
        messages,
        List.of(),
        new Conversation.ToolChoice.Unset(Optional.empty()),
        new Conversation.ResponseFormat.Unset(),
        Conversation.Sampling.UNSET,
        Map.of());
  }

  @Test
  void manyThreadsMayCountAtOnce() {
    List<Long> counts =
        LongStream.range(0, 64)
            .parallel()
            .mapToObj(i -> tokenizer.tokens("gpt-4o", "About eight words are in this sentence."))
            .distinct()
            .toList();

    assertThat(counts).hasSize(1);
  }
}
