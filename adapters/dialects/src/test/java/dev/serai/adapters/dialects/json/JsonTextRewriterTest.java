package dev.serai.adapters.dialects.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.privacy.PiiDetector;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.RequestMask;
import dev.serai.core.privacy.TextUnmasker;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextRewriterTest {
  private final JsonTextRewriter texts = new JsonTextRewriter();
  private final PiiDetector detector =
      new PiiDetector(EnumSet.allOf(PiiKind.class), Set.of("Erika Mustermann"));
  private final Placeholders placeholders = new Placeholders();

  private String mask(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] masked = new RequestMask(detector, texts, body).masked(placeholders);
    return new String(masked, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\" : \"a@b.example\" }|{\"a\" : \"[EMAIL_1]\" }",
        "{\"a\":\"a\\u0040b.example\"}|{\"a\":\"[EMAIL_1]\"}",
        "{\"a@b.example\":[\"a@b.example\",1]}|{\"[EMAIL_1]\":[\"[EMAIL_1]\",1]}",
        "{\"x\":\"{\\\"to\\\":\\\"a\\\\u0040b.example\\\"}\"}|{\"x\":\"{\\\"to\\\":\\\"[EMAIL_1]\\\"}\"}",
        "{\"card\":4111111111111111}|{\"card\":\"[CARD_1]\"}",
        "{\"seed\":4111111111111112,\"n\":1.5}|{\"seed\":4111111111111112,\"n\":1.5}",
        "{\"password\":\"Tr0ub4dor-3\",\"x\":\"it is"
            + " Tr0ub4dor-3\"}|{\"password\":\"[SECRET_1]\",\"x\":\"it is [SECRET_1]\"}",
        "{\"x\":\"[a@b.example\"}|{\"x\":\"[[EMAIL_1]\"}",
        "{\"x\":\"[EMAIL_1] a@b.example\"}|{\"x\":\"[EMAIL_1] [EMAIL_2]\"}",
        "{\"x\":\"Ask Erika Mustermann\"}|{\"x\":\"Ask [NAME_1]\"}",
      })
  void valuesAreReplacedWhereverTheyAre(String json, String masked) {
    assertThat(mask(json)).isEqualTo(masked);
  }

  @Test
  void aBodyWithoutPersonalDataStaysTheSameArray() {
    byte[] body = "{\"a\":[\"b\\u0041\",{\"c\":\"[1]\"}]}".getBytes(StandardCharsets.UTF_8);
    assertThat(new RequestMask(detector, texts, body).masked(placeholders)).isSameAs(body);
    assertThat(placeholders.isEmpty()).isTrue();
  }

  @Test
  void aMaskedBodyIsJsonAndIsRestoredAsJson() {
    String key = "-----BEGIN PRIVATE KEY-----\\n\\\"q\\\\\\n-----END PRIVATE KEY-----";
    String json = "{\"k\":\"" + key + "\",\"t\":\"{\\\"e\\\":\\\"a@b.example\\\"}\"}";
    String masked = mask(json);
    assertThat(masked).contains("[SECRET_1]").doesNotContain("PRIVATE").doesNotContain("a@b");
    JsonMembers.of(masked.getBytes(StandardCharsets.UTF_8));
    assertThat(TextUnmasker.whole(placeholders, true, masked)).isEqualTo(json);
  }

  @Test
  void everyTextIsSeenOnceAndInOrder() {
    List<String> seen = new ArrayList<>();
    byte[] body =
        "{\"a\":\"b\",\"c\":[\"d\",\"{\\\"e\\\":\\\"f\\\"}\"]}".getBytes(StandardCharsets.UTF_8);
    texts.rewrite(
        body,
        (text, member) -> {
          seen.add(member + "=" + text);
          return text;
        });
    assertThat(seen).containsExactly("=a", "a=b", "=c", "c=d", "=e", "e=f");
  }

  @Test
  void aBodyThatIsNotJsonIsRefused() {
    byte[] form = "--x\r\nname=a".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> texts.rewrite(form, (text, _) -> text))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("not JSON");
  }
}
