package dev.serai.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
  @Test
  void aReferenceToVaultHasAPathAndAField() {
    assertThat(SecretReference.parse("vault:secret/data/team a/serai#openai-key"))
        .isEqualTo(new SecretReference("vault", "secret/data/team a/serai", "openai-key"))
        .hasToString("vault:secret/data/team a/serai#openai-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:/run/secrets/openai", "file:///run/secrets/openai"})
  void aReferenceToAFileHasAnAbsolutePath(String text) {
    assertThat(SecretReference.parse(text))
        .isEqualTo(new SecretReference("file", "/run/secrets/openai", ""))
        .hasToString("file:/run/secrets/openai");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault:secret/data/serai",
        "vault:#field",
        "vault:secret/data/serai#",
        "vault:/secret/data/serai#field",
        "vault:secret//serai#field",
        "vault:secret/../sys/seal#field",
        "vault:secret/./serai#field",
        "vault:secret/data/serai#a#b",
        "vault:secret/data/ser\nai#field",
        "file:",
        "file:secrets/openai",
        "file:/run/\u0000x",
        "aws:secret#field",
        "sk-0123456789"
      })
  void anInvalidReferenceIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> SecretReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "write a reference to a secret as vault:PATH#FIELD, for example"
                + " vault:secret/data/serai#openai, or as file:/PATH, with at most 512 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault:secret/data/serai#key:-none", "file:/run/key:-none"})
  void aReferenceHasNoDefault(String text) {
    assertThat(SecretReference.find(text)).isEmpty();
    assertThatThrownBy(() -> SecretReference.parse(text))
        .hasMessage(
            "a reference to a secret has no default; remove :- and what follows it, or name a"
                + " variable as ${NAME:-default}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault:x", "file:relative/path", "vault:serai/groq", "file:key"})
  void whereNoNameIsPossibleEveryTextThatBeginsAsAReferenceIsMeantAsOne(String text) {
    assertThat(SecretReference.isMeantWithoutName(text)).isTrue();
    assertThat(SecretReference.isMeantWithoutName("sk-" + text)).isFalse();
  }

  @Test
  void aReferenceHasABound() {
    String path = "a".repeat(500);
    assertThat(SecretReference.find("vault:" + path + "#f")).isPresent();
    assertThat(SecretReference.find("vault:" + path + "#field-names")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault:secret/data/serai#x", "vault:secret/data/serai", "file:/run/x"})
  void whatIsMeantAsAReferenceIsFound(String text) {
    assertThat(SecretReference.isMeant(text)).isTrue();
  }

  /** Names of callers' keys, addresses of databases, and texts of other programs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault:0123456789abcdef0123456789abcdef",
        "file:0123456789abcdef0123456789abcdef",
        "FILE:/tmp/krb5cc_0",
        "file.db",
        "sqlite:vault.db",
        "sk-0123456789#abc"
      })
  void otherTextsAreNotReferences(String text) {
    assertThat(SecretReference.isMeant(text)).isFalse();
  }
}
