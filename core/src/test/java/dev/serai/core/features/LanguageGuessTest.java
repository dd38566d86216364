package dev.serai.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.features.LabelledPrompts.Prompt;
import dev.serai.core.features.LanguageGuess.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {
  @Test
  void ofThePromptsWithOneSentence19In20AreRight() {
    List<Prompt> prompts = new ArrayList<>(LabelledPrompts.all());
    prompts.addAll(LabelledPrompts.later());
    List<Prompt> wrong = prompts.stream().filter(p -> !isRight(p)).toList();
    assertThat(wrong).hasSizeLessThan(prompts.size() / 20);
  }

  private static boolean isRight(Prompt prompt) {
    return LanguageGuess.of(prompt.text()).language() == prompt.language();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The cat sat on the mat and looked at the door.|LATIN|EN",
        "Der Hund liegt auf dem Teppich und schläft.|LATIN|DE",
        "Мы поехали на море, потому что было жарко.|CYRILLIC|RU",
        "Ми поїхали на море, бо було спекотно.|CYRILLIC|OTHER",
        "我们昨天去了海边。|HAN|ZH",
        "昨日は海へ行きました。|KANA|JA",
        "東京都の人口はいくつですか|KANA|JA",
        "어제 우리는 바다에 갔다.|HANGUL|KO",
        "ذهبنا أمس إلى البحر.|ARABIC|AR",
        "دیروز به دریا رفتیم و گپ زدیم.|ARABIC|OTHER",
        "Wczoraj pojechaliśmy nad morze, bo było gorąco i nie padało.|LATIN|OTHER",
        "请修复这个 NullPointerException 错误|HAN|ZH",
        "वह कल समुद्र गया।|OTHER|OTHER",
        "12345 !? 🎉|NONE|OTHER",
      })
  void theScriptAndTheLanguageOf(String text, Script script, Language language) {
    LanguageGuess guess = LanguageGuess.of(text);
    assertThat(guess.script()).isEqualTo(script);
    assertThat(guess.language()).isEqualTo(language);
    assertThat(guess.confidence()).isBetween(0.0, 1.0);
  }

  @Test
  void aTextWithoutFrequentWordsHasNoKnownLanguage() {
    assertThat(LanguageGuess.of("foo(bar, baz)").confidence()).isZero();
  }

  @Test
  void aLongTextIsMoreCertainThanAShortOne() {
    double one = LanguageGuess.of("the cat").confidence();
    assertThat(LanguageGuess.of("the cat and the dog were in the house").confidence())
        .isGreaterThan(one);
  }
}
