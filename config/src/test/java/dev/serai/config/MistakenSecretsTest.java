package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.annotation.Secret;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.read.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant as a reference or as a variable is never used as the secret itself. */
class MistakenSecretsTest {
  private static final String KEY = "k1-0123456789abcdef";
  private static final String WHOLE =
      "a reference is the whole value of the variable; put the list into the file";

  @TempDir Path path;

  private List<String> problems(Map<String, String> environment) {
    return new Folder(path).problems(environment);
  }

  private List<String> problemsOf(String yaml, Map<String, String> environment) {
    new Folder(path).yaml(yaml);
    return problems(environment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "providers:\n  openai: KEY",
        "providers: {openai: {base_url: KEY}}",
        "providers: {mine: {kind: KEY}}",
        "providers: {KEY: {api_key: x}}",
        "server: {port: KEY}",
        "models: {fast: KEY}",
        "auth: {keys: [KEY]}",
        "auth: {keys: [{name: KEY, key: short}]}",
        "KEY: 1",
        "OPENAI_API_KEY=KEY"
      })
  void aKeyInAWrongPlaceIsNotShown(String yaml) {
    for (String key :
        List.of(
            "sk-proj-0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3",
            "sk-ant-api03-0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3")) {
      assertThat(problemsOf(yaml.replace("KEY", key) + "\n", Map.of()))
          .isNotEmpty()
          .noneMatch(problem -> problem.contains(key));
    }
  }

  @Test
  void aKeyOfAnUnknownFormIsNotShownAsAValue() {
    String key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c";
    for (String yaml :
        List.of(
            "server: {port: KEY}\n",
            "auth: {keys: [{name: KEY, key: a}]}\n",
            "auth: {keys: [{name: a, role: KEY, key: k1-0123456789abcdefghij}]}\n",
            "providers: {KEY: {api_key: x}}\n",
            "providers: {mine: {kind: KEY}}\n",
            "models: {KEY: {targets: [none/a]}}\n",
            "models: {a: {targets: [KEY]}}\n",
            "KEY: 1\n")) {
      assertThat(problemsOf(yaml.replace("KEY", key), Map.of()))
          .isNotEmpty()
          .noneMatch(problem -> problem.contains(key));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SERAI_API_KEYS | alice:k1-0123456789abcdef,file:/run/secrets/some_key_file",
        "SERAI_API_KEYS | bob:vault:secret/data/x#y",
        "SERAI_API_KEYS | bob:file:/run/secrets/some_key_file",
        "SERAI_API_KEYS | k1-0123456789abcdef, vault:secret/data/x#y",
        "ROUTER_ADMIN_KEYS | k1-0123456789abcdef,file:/run/secrets/some_key_file:read",
        "ROUTER_ADMIN_KEYS | k1-0123456789abcdef,vault:secret/data/x#y",
        "OPENAI_API_KEY | k1-0123456789abcdef,vault:secret/data/x#y",
        "OTEL_EXPORTER_OTLP_HEADERS | authorization=vault:secret/data/x#y",
        "SERAI_MASTER_KEY | 0123456789abcdef0123456789abcdef,file:/run/secrets/master"
      })
  void aReferenceThatIsAnElementOfAVariableIsRefused(String variable, String text) {
    assertThat(problems(Map.of(variable, text)))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("environment variable " + variable + ": " + WHOLE)
                    .doesNotContain("secret/data", "/run/secrets", KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: {api_keys: ['alice:k1-0123456789abcdef', 'bob:vault:secret/data/x#y']}",
        "auth: {api_keys: ['alice:k1-0123456789abcdef,file:/run/secrets/key']}",
        "auth: {admin_keys: ['k1-0123456789abcdef,file:/run/secrets/key']}",
        "providers: {openai: {api_key: 'k1,vault:secret/data/x#y'}}",
        "providers: {openai: {headers: {authorization: 'Bearer vault:secret/data/x#y'}}}"
      })
  void aReferenceThatIsAnElementInTheFileIsRefused(String yaml) {
    assertThat(problemsOf(yaml, Map.of()))
        .anySatisfy(
            problem -> assertThat(problem).contains("write a reference in a file as ${vault:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "env.ANTHROPIC_API_KEY | env.NAME",
        "env:ANTHROPIC_API_KEY | env.NAME",
        "process.env.KEY | process.env.NAME",
        "$OPENAI_API_KEY | $NAME",
        "$(OPENAI_API_KEY) | $(NAME)",
        "'{{MISTRAL_API_KEY}}' | {{NAME}}",
        "'{{ env \"KEY\" }}' | {{NAME}}",
        "'%OPENAI_API_KEY%' | %NAME%",
        "'{vault://env/openai-key}' | {vault://...}",
        "os.environ/XAI_API_KEY | os.environ/NAME",
        "GROQ_API_KEY | NAME",
        "HF_TOKEN | NAME",
        "AWS_BEARER_TOKEN_BEDROCK | NAME",
        "'sk-good, env.SECOND' | env.NAME"
      },
      quoteCharacter = '`')
  void theNameOfAVariableInAnotherProgramsFormIsNotASecret(String text, String form) {
    String plain = text.replaceAll("^'|'$", "");
    String yaml =
        """
        providers:
          openai: {api_key: T}
          groq: {keys: [good, T]}
          xai: {api_key: "${OF_XAI}", headers: {x-token: T}}
        auth:
          keys: [{name: app, key: T}]
          login: {client_secret: T}
        """
            .replace(" T", " '" + plain + "'");
    String advice = "write a variable as ${NAME}, not as " + form;

    assertThat(problemsOf(yaml, Map.of("OF_XAI", plain, "MISTRAL_API_KEY", plain)))
        .filteredOn(problem -> problem.contains(advice))
        .extracting(problem -> problem.split(": ")[1])
        .containsExactly(
            "providers.openai.api_key",
            "providers.groq.keys[1]",
            "providers.xai.api_key",
            "providers.xai.headers.x-token",
            "auth.keys[0].key",
            "auth.login.client_secret");
    assertThat(problems(Map.of("OF_XAI", KEY, "MISTRAL_API_KEY", plain)))
        .contains(
            "environment variable MISTRAL_API_KEY: the name of a variable would be taken for the"
                + " secret itself; write the secret, vault:PATH#FIELD or file:/PATH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Bearer k1-0123456789abcdef | begins with an authentication scheme",
        "GROQ_API_KEY=k1-0123456789abcdef | begins with the name of a variable"
      })
  void whatIsAroundAKeyOfAProviderIsNotAPartOfIt(String text, String what) {
    String yaml = "providers: {xai: {api_key: '${OF_XAI}'}, openai: {keys: [good, '${OF_XAI}']}}";
    assertThat(
            problemsOf(yaml, Map.of("GROQ_API_KEY", "k2-0123456789abcdef," + text, "OF_XAI", text)))
        .hasSize(3)
        .allSatisfy(
            problem -> assertThat(problem).contains(": the key " + what).doesNotContain(KEY))
        .anyMatch(problem -> problem.contains("environment variable GROQ_API_KEY"))
        .anyMatch(problem -> problem.contains("providers.xai.api_key"))
        .anyMatch(problem -> problem.contains("providers.openai.keys[1]"));
  }

  @Test
  void aKeyOfAnotherVendorIsAWarningUnlessTheProviderIsElsewhere() {
    String key = "sk-ant-api03-0123456789abcdef";
    assertThat(new Folder(path).settings(Map.of("OPENAI_API_KEY", key)).warnings())
        .containsExactly(
            "environment variable OPENAI_API_KEY: the key begins with sk-ant- as keys of anthropic"
                + " do; it is used for openai");
    Map<String, String> elsewhere =
        Map.of("OPENAI_API_KEY", key, "OPENAI_BASE_URL", "https://gateway.example/v1");
    assertThat(new Folder(path).settings(elsewhere).warnings()).isEmpty();
    assertThat(new Folder(path).settings(Map.of("ANTHROPIC_API_KEY", key)).warnings()).isEmpty();
  }

  @Test
  void theKeysOfBifrostAreNamed() {
    assertThat(
            problemsOf(
                "providers: {openai: {keys: [{value: env.X, weight: 1}]}}", Map.of("X", KEY)))
        .singleElement()
        .asString()
        .contains("providers.openai.keys[0]", "Bifrost", "[\"${FIRST}\", \"${SECOND}\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first\nsecond", "first\rsecond", "first\tsecond", "first\u0085second"})
  void aControlCharacterInASecretIsAMistakeWhereverItComesFrom(String text) {
    SettingsFacts none = SettingsFacts.NONE;
    SettingsFacts facts =
        new SettingsFacts(
            none.dialects(), none.database(), none.schemas(), none.models(), r -> text);
    new Folder(path)
        .yaml(
            """
            providers:
              openai: {api_key: "${vault:secret/data/x#y}"}
              xai: {keys: ["${OF_XAI}"]}
            """);
    Map<String, String> environment =
        Map.of("GROQ_API_KEY", "file:/run/secrets/groq", "MISTRAL_API_KEY", text, "OF_XAI", text);

    assertThat(
            catchThrowableOfType(
                    SettingsException.class, () -> Settings.load(environment, path, facts))
                .problems())
        .hasSize(4)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .contains("has a line break or another control character")
                    .doesNotContain("first"));
  }

  @Test
  void ordinarySecretsAreSecrets() {
    new Folder(path)
        .yaml(
            """
            providers:
              openai:
                keys:
                  - |
                    sk-one
                  - "pass$word,With=Signs:and%percent%"
                headers: {authorization: "Bearer ${T}", x-token: AKIAIOSFODNN7ABCDEFG}
            """);
    Settings settings = new Folder(path).settings(Map.of("T", "env-token", "GROQ_API_KEY", "a=,b"));

    assertThat(new SettingsSecrets(settings, Map.of()).all("OPENAI_API_KEY"))
        .containsExactly("sk-one", "pass$word,With=Signs:and%percent%");
    assertThat(settings.providers().get("openai").headers())
        .containsEntry("authorization", new Secret("Bearer env-token"));
  }
}
