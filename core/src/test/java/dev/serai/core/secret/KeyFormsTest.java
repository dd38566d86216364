package dev.serai.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are found by their form in every place, and IDs are not taken for keys. */
class KeyFormsTest {
  private static final String KEY = "sk-serai-3OxdvWw8rlhpJTIcRHJLAJ24u3cDUFoLU4wt7BxHiLWFwz1x";
  private static final String HEX =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/keys/%s", "/v1/keys/%s/rotate", "/admin/keys/x%%20%s", "/%s", "/a:%s"})
  void aKeyInAPathIsReplaced(String path) {
    assertThat(KeyForms.redactedPath(path.formatted(KEY))).isEqualTo(path.formatted("[redacted]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIA234567ABCDEFGHIJ", "sk-0123456789abcdefghij"})
  void aKeyOfTheMinimumLengthIsFoundAndAShorterTextIsNone(String key) {
    assertThat(KeyForms.isIn(key)).isTrue();
    assertThat(KeyForms.redacted("a " + key)).isEqualTo("a [redacted]");
    assertThat(KeyForms.redacted(key.substring(1))).isEqualTo(key.substring(1));
    assertThat(KeyForms.isIn(key.substring(0, key.length() - 1))).isFalse();
  }

  @Test
  void percentEncodingHidesNoKey() {
    assertThat(KeyForms.redactedPath("/v1/keys/" + KEY.replace("-", "%2D").replace("s", "%73")))
        .isEqualTo("/v1/keys/[redacted]");
  }

  @Test
  void ofAKeyWithoutAFormTheFirstCharactersAreShown() {
    assertThat(KeyForms.redactedPath("/v1/tenants/" + HEX))
        .isEqualTo("/v1/tenants/9f86d0[redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lsv2_pt_%s_9f86d08188", "tgp_v1_%s"})
  void aKeyWithAVersionInItsPrefixIsReplaced(String key) {
    assertThat(KeyForms.redactedPath("/v1/keys/" + key.formatted(HEX.substring(0, 32))))
        .isEqualTo("/v1/keys/[redacted]");
  }

  /** Only what is known to be an ID is shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/keys/acme_", "/v1/keys/acme_key_", "/v1/keys/x-key_", "/v1/keys/_", "/_"})
  void ofAKeyWithAnUnknownPrefixTheFirstCharactersAreShown(String before) {
    assertThat(KeyForms.redactedPath(before + HEX)).isEqualTo(before + "9f86d0[redacted]");
  }

  @Test
  void aLongKeyIsReplacedToItsEnd() {
    String rest = "Ab3".repeat(5_000);
    assertThat(KeyForms.redacted("from sk-" + rest + " to ya29." + rest + "."))
        .isEqualTo("from [redacted] to [redacted].");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 5_000, 16 * 1024})
  void aTokenIsReplacedWhateverTheLengthOfItsClaims(int claims) {
    String token = "eyJhbGciOiJSUzI1NiJ9." + "e".repeat(claims) + "." + "s1".repeat(3_000);
    assertThat(KeyForms.redacted("Bearer " + token + ", " + token))
        .isEqualTo("Bearer [redacted], [redacted]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/keys/key_4113884e914b75ce9edfe223/rotate",
        "/v1/responses/resp_9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
        "/v1/files/file_9f86d081884c7d659a2feaa0c55ad015/content",
        "/v1/batches/batch_9f86d081884c7d659a2feaa0c55ad015",
        "msgbatch_9f86d081884c7d659a2feaa0c55ad015",
        "/v1/orders/12345678901234567890123456789012",
        "/v1/budgets/task-team-1",
        "/v1/users/9f86d081-884c-7d65-9a2f-eaa0c55ad015",
        "/v1/models/sk-learn-helper",
        "/admin/credentials/cred_9cf4a73bfac345732f50b898",
        "/v1beta/models/gemini-2.5-flash:generateContent"
      })
  void anIdIsShown(String path) {
    assertThat(KeyForms.redactedPath(path)).isEqualTo(path);
  }

  @Test
  void everyKeyOfATextIsReplaced() {
    assertThat(KeyForms.redacted("from " + KEY + " to " + KEY + "."))
        .isEqualTo("from [redacted] to [redacted].");
    assertThat(KeyForms.isIn("mock/" + KEY)).isTrue();
    assertThat(KeyForms.isIn("mock/gpt-4o-mini")).isFalse();
  }

  @Test
  void aTextWithoutAKeyIsTheSame() {
    String text = "openai/gpt-4o-mini";
    assertThat(KeyForms.redacted(text)).isSameAs(text);
    assertThat(KeyForms.redacted("")).isEmpty();
    assertThat(KeyForms.redacted("eyJ")).isEqualTo("eyJ");
  }
}
