package dev.serai.memory.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.features.Excerpt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate that routing uses needs no tokenizer and is near to it. */
class ExcerptTokensTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The committee met on Monday, discussed the budget at length, and adjourned until June.",
        "Der Ausschuss beriet am Montag lange über den Haushalt und vertagte sich auf den Juni.",
        "Le comité s'est réuni lundi, a longuement discuté du budget et a ajourné la séance.",
        "Комитет собрался в понедельник и долго обсуждал бюджет, а затем отложил заседание.",
        "委员会星期一开会，详细讨论了预算，然后把会议推迟到六月。",
        "委員会は月曜日に集まり、予算について長く話し合い、六月まで延期した。",
        "اجتمعت اللجنة يوم الاثنين وناقشت الميزانية مطولا ثم أجلت الجلسة إلى يونيو.",
        "for (int i = 0; i < list.size(); i++) {\n  total += list.get(i).price();\n}\nreturn total;",
      })
  void anEstimateIsWithin30PercentOfTheTokenizer(String sentence) {
    String text = (sentence + "\n").repeat(20);
    double counted = new Tokenizer().tokens("gpt-4o", text);
    assertThat(Excerpt.of(text).milliTokens() / 1000.0 / counted).isBetween(0.7, 1.3);
  }
}
