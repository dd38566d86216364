package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.annotation.Secret;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.SettingsException;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and variables refer to secrets that are kept elsewhere. */
class ReferredSecretsTest {
  private static final String KEY = "vault:secret/data/serai#openai";
  private static final Map<String, String> KEPT =
      Map.of(
          KEY,
          "key-one,key-two",
          "vault:secret/data/serai#password",
          "pass-word",
          "vault:secret/data/serai#callers",
          "shop:0123456789abcdef0123456789abcdef",
          "file:/run/secrets/master",
          "0123456789abcdef0123456789abcdef");

  @TempDir Path path;
  private final List<String> asked = new ArrayList<>();

  /** What every reference leads to, if it is not as in KEPT. */
  private Optional<String> keptNow = Optional.empty();

  private Settings settings(Map<String, String> environment) {
    SettingsFacts none = SettingsFacts.NONE;
    SettingsFacts facts =
        new SettingsFacts(
            none.dialects(), none.database(), none.schemas(), none.models(), this::read);
    return Settings.load(environment, path, facts);
  }

  private String read(SecretReference reference) throws SecretException {
    asked.add(reference.toString());
    return keptNow
        .or(() -> Optional.ofNullable(KEPT.get(reference.toString())))
        .orElseThrow(() -> new SecretException("it is not kept here"));
  }

  private SettingsException refused(Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> settings(environment));
  }

  private Folder folder() {
    return new Folder(path);
  }

  @Test
  void theKeyOfAProviderMayBeAReferenceToSeveralKeys() {
    Map<String, String> environment = Map.of("OPENAI_API_KEY", KEY);
    Settings settings = settings(environment);
    SettingsSecrets secrets = new SettingsSecrets(settings, environment);

    assertThat(secrets.all("OPENAI_API_KEY")).containsExactly("key-one", "key-two");
    assertThat(settings.enabledProviders()).extracting("name").contains("openai");
    assertThat(asked).containsExactly(KEY);
  }

  @Test
  void variablesOfSecretSettingsMayBeReferences() {
    Settings settings =
        settings(
            Map.of(
                "SERAI_API_KEYS", "vault:secret/data/serai#callers",
                "SERAI_MASTER_KEY", " file:/run/secrets/master "));

    assertThat(settings.callerKeys()).extracting(key -> key.identity().key()).contains("shop");
    assertThat(settings.state().masterKey())
        .contains(new Secret("0123456789abcdef0123456789abcdef"));
  }

  @Test
  void aSettingMayReferToSecretsWithinItsText() {
    folder()
        .yaml(
            """
            state:
              database_url: postgres://serai:${vault:secret/data/serai#password}@db/serai
            providers:
              openai: {api_key: "${vault:secret/data/serai#openai}"}
            """);
    Settings settings = settings(Map.of());

    assertThat(settings.state().databaseUrl())
        .isEqualTo(new Secret("postgres://serai:pass-word@db/serai"));
    assertThat(settings.providers().get("openai").apiKey()).contains(new Secret("key-one,key-two"));
    assertThat(settings.secretValues().keySet())
        .extracting(SecretReference::toString)
        .containsExactlyInAnyOrder(KEY, "vault:secret/data/serai#password");
  }

  @Test
  void aVariableOfTheFileMayBeAReference() {
    folder().yaml("providers: {openai: {api_key: '${MINE}'}}");

    assertThat(settings(Map.of("MINE", KEY)).providers().get("openai").apiKey())
        .contains(new Secret("key-one,key-two"));
  }

  @Test
  void aVariableOfARouteFileMayBeAReference() {
    folder()
        .with(
            "serai.d/extra.camel.yaml",
            "- route: {from: {parameters:\n    keyName: EXTRA_KEY # of extra\n  }}}");
    Map<String, String> environment = Map.of("EXTRA_KEY", KEY);

    assertThat(new SettingsSecrets(settings(environment), environment).all("EXTRA_KEY"))
        .containsExactly("key-one", "key-two");
  }

  @Test
  void noOtherVariableIsReadAndAReferenceIsNeverAKey() {
    folder().yaml("providers: {openai: {api_key: '$${vault:secret/data/serai#openai}'}}");
    Map<String, String> environment =
        Map.of("OTHER", KEY, "LOG_FILE", "file:/x", "OPENAI_BASE_URL", "http://vault/data/");
    Settings settings = settings(environment);

    assertThat(asked).isEmpty();
    assertThat(new SettingsSecrets(settings, environment).all("OTHER")).isEmpty();
    assertThat(settings.providers().get("openai").apiKey())
        .contains(new Secret("${vault:secret/data/serai#openai}"));
  }

  @Test
  void whatCannotBeReadIsAMistakeWithItsPlaceAndMayPass() {
    folder().yaml("auth:\n  key_pepper: ${vault:secret/data/serai#pepper}\n");
    SettingsException refused = refused(Map.of("GROQ_API_KEY", "vault:secret/data/serai#groq"));

    assertThat(refused.isTemporary()).isTrue();
    assertThat(refused.problems())
        .containsExactly(
            "environment variable GROQ_API_KEY: vault:secret/data/serai#groq cannot be read: it is"
                + " not kept here",
            "config/serai.yaml:2: auth.key_pepper: vault:secret/data/serai#pepper cannot be read:"
                + " it is not kept here");
  }

  @Test
  void aMalformedReferenceIsAMistakeThatSaysHowToWriteOne() {
    folder().yaml("auth:\n  key_pepper: ${file:pepper}\n");

    assertThat(refused(Map.of("GROQ_API_KEY", "vault:secret/data/serai")).problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("vault:PATH#FIELD"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:relative/path", "file:groq.key", "vault:x", "vault:serai/groq"})
  void aTextThatBeginsAsAReferenceIsNeverTheKeyOfAProvider(String text) {
    folder()
        .with("serai.d/extra.camel.yaml", "- route: {from: {parameters:\n    keyName: EXTRA\n  }}}")
        .yaml(
            "providers:\n"
                + ("  openai: {api_key: '" + text + "'}\n")
                + "  xai: {api_key: '${OF_XAI}'}\n");

    assertThat(refused(Map.of("GROQ_API_KEY", text, "EXTRA", text, "OF_XAI", text)).problems())
        .hasSize(4)
        .allSatisfy(
            problem -> assertThat(problem).contains("reference", "PATH#FIELD", "file:/PATH"))
        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
        .containsExactlyInAnyOrder(
            "environment variable GROQ_API_KEY",
            "environment variable EXTRA",
            "config/serai.yaml:2",
            "config/serai.yaml:3");
  }

  @Test
  void aReferenceHasNoDefaultButAVariableMayHaveTheNameOfAPlace() {
    folder()
        .yaml(
            """
            general:
              default_model: ${file:-persona/guide}
            log:
              level: ${vault:-warn}
            """);
    assertThat(settings(Map.of()).general().defaultModel()).contains("persona/guide");
    assertThat(settings(Map.of("file", "persona/other")).general().defaultModel())
        .contains("persona/other");

    folder()
        .yaml(
            """
            providers:
              openai: {api_key: "${vault:secret/data/serai#openai:-none}"}
              groq: {api_key: "${file:/run/secrets/groq:-none}"}
              xai: {api_key: "${XAI:-${vault:secret/data/serai#openai}}"}
            """);
    String advice =
        "a reference to a secret has no default; remove :- and what follows it, or name a variable"
            + " as ${NAME:-default}";
    assertThat(refused(Map.of("MISTRAL_API_KEY", KEY + ":-none")).problems())
        .containsExactly(
            "environment variable MISTRAL_API_KEY: " + advice,
            "config/serai.yaml:2: providers.openai.api_key: " + advice,
            "config/serai.yaml:3: providers.groq.api_key: " + advice,
            "config/serai.yaml:4: providers.xai.api_key: write no ${ inside of ${ and }: a default"
                + " is a plain text");
    assertThat(asked).isEmpty();
  }

  @Test
  void whatCannotBeReadHidesNoOtherMistakeAndCausesNone() {
    folder()
        .yaml(
            """
            server:
              prot: 80
            state:
              database_url: ${vault:secret/data/serai#url}
              redis_url: redis://:${vault:secret/data/serai#redis}@cache:6379
              master_key: ${vault:secret/data/serai#master}
            auth:
              api_keys: ["${vault:secret/data/serai#one}", "${vault:secret/data/serai#two}"]
              key_pepper: ${vault:secret/data/serai#pepper}
              keys:
                - {name: app, key: "${vault:secret/data/serai#app}", tenant: a b}
              issuers:
                - {name: tools, issuer: tools, algorithms: [HS512], secret: "${file:/run/none}"}
            providers:
              own: {kind: openai-compatible, base_url: "${vault:secret/data/serai#address}"}
              openai: {api_key: "${vault:secret/data/serai#none}", priorty: 1}
            alerts:
              ops: {url: "${file:/run/hook}", secret: "${file:/run/whsec}"}
            models:
              fast: [openay/gpt-5]
            """);

    List<String> problems =
        refused(Map.of("HTTPS_PROXY", "vault:secret/data/serai#proxy", "SERVER_PORT", "x"))
            .problems();
    List<String> others =
        problems.stream().filter(problem -> !problem.contains("cannot be read")).toList();

    assertThat(problems).hasSize(18);
    assertThat(others)
        .satisfiesExactly(
            port -> assertThat(port).contains("SERVER_PORT"),
            unknown -> assertThat(unknown).contains("server.prot: unknown key"),
            name -> assertThat(name).contains("auth.keys[0]", "tenant 'a b'"),
            key -> assertThat(key).contains("providers.openai.priorty: unknown key"),
            alias -> assertThat(alias).contains("models.fast", "did you mean openai?"));
  }

  @Test
  void aReferenceThatWouldBeTakenForTheSecretItselfIsAMistake() {
    folder()
        .yaml(
            """
            providers:
              openai: {api_key: vault:secret/data/serai#openai}
              groq: {keys: [good-key, "file:/run/secrets/groq"]}
              xai: {api_key: os.environ/XAI_API_KEY}
            """);
    String written =
        "write a reference in a file as ${vault:PATH#FIELD} or ${file:/PATH}; without ${ and } it"
            + " is taken for the secret itself";

    assertThat(refused(Map.of("MISTRAL_API_KEY", "${" + KEY + "}")).problems())
        .containsExactly(
            "environment variable MISTRAL_API_KEY: write a reference in a variable without ${ and"
                + " }, as vault:PATH#FIELD or file:/PATH",
            "config/serai.yaml:2: providers.openai.api_key: " + written,
            "config/serai.yaml:3: providers.groq.keys[1]: " + written,
            "config/serai.yaml:4: providers.xai.api_key: write a variable as ${NAME}, not as"
                + " os.environ/NAME");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${A}", "before-${A_1}", "${A:-text}", "good-key,${A}"})
  void aSecretThatWasReadNamesNoVariable(String kept) {
    keptNow = Optional.of(kept);
    folder()
        .yaml(
            """
            providers:
              openai: {api_key: "${file:/run/secrets/openai}"}
              groq: {keys: [good-key, "${OF_GROQ}"]}
              xai: {headers: {x-token: "Token ${vault:secret/data/serai#xai}"}}
            auth:
              login: {client_secret: "${file:/run/secrets/login}"}
            """);

    assertThat(refused(Map.of("OF_GROQ", kept, "MISTRAL_API_KEY", KEY)).problems())
        .filteredOn(problem -> problem.contains("would be taken for the secret itself"))
        .allSatisfy(problem -> assertThat(problem).doesNotContain("${A"))
        .extracting(
            problem ->
                problem.replaceFirst("^(environment variable|.*yaml:\\d+:) ", "").split(": ")[0])
        .containsExactly(
            "MISTRAL_API_KEY",
            "providers.openai.api_key",
            "providers.groq.keys[1]",
            "providers.xai.headers.x-token",
            "auth.login.client_secret");
  }

  @Test
  void aSecretMayHaveAnEscapedDollarInTheFile() {
    folder().yaml("providers: {openai: {api_key: 'pre-$${A}'}}");
    assertThat(settings(Map.of()).enabledProviders()).extracting("name").contains("openai");
  }

  @Test
  void aCallersKeyMayHaveTheNameOfAPlaceInTheFileToo() {
    folder().yaml("auth: {api_keys: ['vault:0123456789abcdef0123', 'file:0123456789abcdef0124']}");

    assertThat(settings(Map.of()).callerKeys())
        .extracting(key -> key.identity().key())
        .contains("vault", "file");
  }

  @Test
  void aSecretWithAMistakeIsNotShown() {
    assertThat(refused(Map.of("SERAI_KEY_PEPPER", "vault:secret/data/serai#password")).problems())
        .singleElement()
        .asString()
        .contains("32 characters")
        .doesNotContain("pass-word");
  }

  @Test
  void secretsAreReadAgainEveryMinuteOrAsOftenAsIsSetButNotWithoutAPause() {
    assertThat(settings(Map.of()).secrets().refresh()).isEqualTo(Duration.ofMinutes(1));
    folder().yaml("secrets: {refresh: 10m}");
    assertThat(settings(Map.of()).secrets().refresh()).isEqualTo(Duration.ofMinutes(10));
    folder().yaml("secrets: {refresh: 999ms}");
    assertThat(refused(Map.of()).problems())
        .singleElement()
        .asString()
        .contains("secrets.refresh", "must be at least 1s");
  }

  @Test
  void theSettingsShowNoSecret() {
    assertThat(settings(Map.of("SERAI_MASTER_KEY", "file:/run/secrets/master")).toString())
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void everyKeyOfAKnownProviderMayBeAReference() {
    for (KnownProvider known : KnownProvider.all()) {
      known
          .keyVariable()
          .ifPresent(
              variable ->
                  assertThat(KnownProvider.secrets()).containsAll(KnownProvider.namesOf(variable)));
    }
  }
}
