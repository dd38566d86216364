package dev.serai.adapters.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the tokenizer of Hugging Face, which reads the same file. */
class WordPiecesTest {
  private static final int MAX = 128;
  private static WordPieces pieces;
  private static HuggingFaceTokenizer other;

  @BeforeAll
  static void open() throws IOException {
    System.setProperty("OPT_OUT_TRACKING", "true");
    try (InputStream json = json();
        InputStream again = json()) {
      pieces = WordPieces.read(json);
      other =
          HuggingFaceTokenizer.newInstance(
              again,
              Map.of("padding", "false", "maxLength", Integer.toString(MAX), "truncation", "true"));
    }
  }

  @AfterAll
  static void close() {
    other.close();
  }

  private static InputStream json() {
    return WordPiecesTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json");
  }

  private static void areTheSame(String text) {
    assertThat(pieces.ids(text, MAX)).as(text).isEqualTo(other.encode(text).getIds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "Where is the harbour?",
        "The invoice INV-2041 costs $1,299.50 (net) & is due on 2026-11-30!",
        "unaffable snowboarding's mcp_server/v2 don't",
        "Käsespätzle für Zoë in São Paulo: 25 °C",
        "東京の港はどこですか カタカナ",
        "한국어 문장입니다",
        "Это проверка, где гавань?",
        "مرحبا بالعالم",
        "emoji 🙂 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \t\n\r tab",
        "zero\u200Bwidth soft\u00ADhyphen nb\u00A0space ideographic\u3000space \uFFFD",
        "“quotes” – dash … £5 € 10 ¿qué? ~`^|<>="
      })
  void aTextHasThePiecesOfHuggingFace(String text) {
    areTheSame(text);
  }

  @Test
  void aWordThatIsTooLongIsUnknown() {
    areTheSame("before " + "a".repeat(100) + " " + "b".repeat(101) + " after");
  }

  @Test
  void aLongTextIsCut() {
    areTheSame("harbours of unaffable snowboarders ".repeat(200));
  }

  @Test
  void randomTextsHaveThePiecesOfHuggingFace() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        boolean plain = random.nextInt(4) > 0;
        text.appendCodePoint(plain ? 0x20 + random.nextInt(0x5F) : 0xA1 + random.nextInt(0x500));
      }
      areTheSame(text.toString());
    }
  }
}
