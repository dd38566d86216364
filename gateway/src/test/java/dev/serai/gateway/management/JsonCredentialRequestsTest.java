package dev.serai.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialRequest;
import dev.serai.core.provider.credential.CredentialRequestReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of providers that are to be stored. */
class JsonCredentialRequestsTest {
  @TempDir Path folder;

  private CredentialRequest read(String provider, String key, Map<String, String> environment) {
    Settings settings = Settings.load(new HashMap<>(environment), folder);
    CredentialRequestReader reader = AdminRequests.credentials(settings::available);
    return reader.read(
        new JsonWriter()
            .beginObject()
            .member("provider", provider)
            .member("key", key)
            .endObject()
            .bytes());
  }

  private void assertRefused(String provider, String key, String why) {
    assertThatThrownBy(() -> read(provider, key, Map.of()))
        .as(key)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).contains("key");
              assertThat(problem.message()).startsWith("'key' ").contains(why);
              assertThat(problem.message()).doesNotContain("canary", "0123456789");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault:secret/data/canary#key",
        "${vault:secret/data/canary#key}",
        "file:/run/secrets/canary",
        "${CANARY_KEY}",
        "$CANARY_KEY",
        "os.environ/CANARY_KEY",
        "env.CANARY_KEY",
        "CANARY_API_KEY"
      })
  void aReferenceOrTheNameOfAVariableIsNotAKey(String text) {
    assertRefused("openai", text, "is a reference or the name of a variable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"sk-canary-0123456789\" | quotation marks",
        "'sk-canary-0123456789' | quotation marks",
        "Bearer sk-canary-0123456789 | an authentication scheme",
        "OPENAI_API_KEY=sk-canary-0123456789 | the name of a variable",
        "<your canary key> | not a placeholder",
        "sk-canary-0123456789,sk-canary-1 | without commas"
      })
  void whatIsAroundAKeyIsNamed(String text, String why) {
    assertRefused("openai", text, why);
  }

  @Test
  void aKeyWithALineBreakIsNone() {
    assertRefused("openai", "sk-canary-0123456789\nsk-canary", "a line break");
  }

  @Test
  void aKeyOfAnotherVendorIsRefusedForAProviderAtItsOwnAddress() {
    String key = "sk-ant-api03-canary-0123456789";
    assertRefused(
        "openai", key, "begins with sk-ant- as keys of anthropic do, and the provider is openai.");
    assertRefused("anthropic", "sk-proj-canary-0123456789", "as keys of openai do");
    assertThat(read("anthropic", key, Map.of()).key()).isEqualTo(key);
    Map<String, String> elsewhere = Map.of("OPENAI_BASE_URL", "https://gateway.example/v1");
    assertThat(read("openai", key, elsewhere).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-0123456789abcdef", "k1", "abc=", "a.b-c_d~e/f+g==", "0d1e2f"})
  void ordinaryKeysAreStored(String key) {
    assertThat(read("openai", key, Map.of())).isEqualTo(new CredentialRequest("openai", key));
  }
}
