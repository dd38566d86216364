package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.KeyHasher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API keys of callers: from variables and from the settings file. */
class CallerKeysTest {
  private static final String FIRST = "k1-0123456789abcdef";
  private static final String SECOND = "k2-0123456789abcdef";

  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void keysOfTheVariableAreDevelopersOfThePublicTenant() {
    List<CallerKey> keys =
        folder.settings(Map.of("SERAI_API_KEYS", "ci:" + FIRST + ", " + SECOND)).callerKeys();

    assertThat(keys).extracting(CallerKey::name).containsExactly("ci", "key-2");
    assertThat(keys.getFirst().hash()).contains(KeyHasher.ofProcess().hash(FIRST));
    Identity ci = keys.getFirst().identity();
    assertThat(ci.tenant()).isEqualTo("public");
    assertThat(ci.permissions()).isEqualTo(Role.DEVELOPER.permissions());
  }

  @Test
  void adminKeysReadOrWriteAndCallNoModels() {
    List<CallerKey> keys =
        folder
            .settings(
                Map.of("ROUTER_ADMIN_KEYS", FIRST + "," + SECOND + ":read,x" + FIRST + ":write"))
            .callerKeys();

    assertThat(keys)
        .extracting(key -> key.identity().permissions())
        .containsExactly(
            Role.MANAGER.permissions(), Role.AUDITOR.permissions(), Role.MANAGER.permissions());
    assertThat(keys).extracting(CallerKey::name).containsExactly("admin-1", "admin-2", "admin-3");
    assertThat(keys.get(1).hash()).contains(KeyHasher.ofProcess().hash(SECOND));
  }

  @Test
  void aKeyOfTheFileHasItsOwnRoleTenantAndModels() {
    folder.yaml(
        """
        auth:
          keys:
            - name: app
              key: ${APP_KEY}
              role: user
              tenant: acme
              team: search
              models: [fast, openai/*]
              tags: [web]
        """);
    Settings settings = folder.settings(Map.of("APP_KEY", FIRST));

    assertThat(settings.callerKeys())
        .extracting(CallerKey::identity)
        .containsExactly(
            new Identity(
                "acme",
                "search",
                "",
                "app",
                Role.USER.permissions(),
                new AllowList(List.of("fast", "openai/*")),
                AllowList.ALL,
                Set.of("web")));
    assertThat(settings.auth()).as("no key is kept").isEqualTo(AuthSettings.defaults());
    assertThat(settings.toString()).doesNotContain(FIRST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SERAI_API_KEYS    | ci:short                                  | fewer than 16 characters",
        "SERAI_API_KEYS    | ci:changeme-changeme-1                    | the key of an example",
        "SERAI_API_KEYS    | ci:aaaaaaaaaaaaaaaaaaaa                   | the key of an example",
        "SERAI_API_KEYS    | ci:k1 0123456789abcdef                    | visible ASCII characters",
        "SERAI_API_KEYS    | c i:k1-0123456789abcdef                   | the name of a key",
        "SERAI_API_KEYS    | ci:k1-0123456789abcdef,ci:k2-0123456789abcdef | two keys have the name"
            + " ci",
        "SERAI_API_KEYS    | a:k1-0123456789abcdef,b:k1-0123456789abcdef | a and b are the same",
        "ROUTER_ADMIN_KEYS | admin:k1-0123456789abcdef                 | without a name",
        "SERAI_API_KEYS    | ci=k1-0123456789abcdef                    | has = where a colon is"
            + " expected; write name:key",
        "SERAI_API_KEYS    | export CI_KEY = k1-0123456789abcdef        | has = where a colon",
        "SERAI_API_KEYS    | ci:\"k1-0123456789abcdef\"                  | in quotes",
        "SERAI_API_KEYS    | \"ci:k1-0123456789abcdef\"                  | in quotes",
        "SERAI_API_KEYS    | \"k1-0123456789abcdef,k2-0123456789abcdef\" | in quotes",
        "SERAI_API_KEYS    | k1-0123456789abcdef:ci                    | the key before the colon",
        "SERAI_API_KEYS    | a:k1-0123456789abcdef;b:k2-0123456789abcdef | not by semicolons",
        "SERAI_API_KEYS    | a:k1-0123456789abcdef b:k2-0123456789abcdef | commas separate keys",
        "ROUTER_ADMIN_KEYS | admin=k1-0123456789abcdef                 | has = where no name is",
        "ROUTER_ADMIN_KEYS | \"k1-0123456789abcdef\"                   | in quotes",
        "SERAI_KEY_PEPPER  | tiny-0123456789                           | at least 32 characters",
        "ROUTER_ADMIN_KEYS | secret:read                               | fewer than 16 characters"
      })
  void whatCanBeGuessedOrIsAmbiguousIsRefusedWithoutShowingIt(
      String variable, String value, String why) {
    List<String> problems = folder.problems(Map.of(variable, value));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst())
        .startsWith("environment variable " + variable)
        .contains(why)
        .doesNotContain("0123456789", "changeme-", "aaaa");
  }

  @Test
  void whatLooksOddAndIsAKeyIsTaken() {
    String base64 = "dGhpcyBpcyBhIGtleQ==";
    assertThat(
            folder
                .settings(
                    Map.of("SERAI_API_KEYS", base64 + ", a:x=" + FIRST + ", b: y;" + SECOND + ","))
                .callerKeys())
        .extracting(CallerKey::name)
        .containsExactly("key-1", "a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models: [openai/gpt-*-mini] | the entry 'openai/gpt-*-mini' of models may have a *",
        "models: ['*/gpt-5']         | the entry '*/gpt-5' of models may have a * at its end only",
        "models: [fast, 'a b']       | the entry 'a b' of models must be a name without blanks",
        "models: []                  | models is empty",
        "tags: [ok, 'a b']           | the tag 'a b' must be 1 to 64 letters",
        "tenant: my tenant           | tenant 'my tenant' must be 1 to 64 letters",
        "team: a/b                   | team 'a/b' must be 1 to 64 letters",
        "user: -ann                  | user '-ann' must be 1 to 64 letters"
      })
  void aListThatMatchesNothingIsAMistake(String line, String why) {
    folder.yaml("auth:\n  keys:\n    - name: app\n      key: ${APP_KEY}\n      " + line + "\n");
    assertThat(folder.problems(Map.of("APP_KEY", FIRST)))
        .singleElement()
        .satisfies(problem -> assertThat(problem).startsWith("config/serai.yaml:").contains(why));
  }

  @Test
  void aRoleOfTheFileIsASetOfPermissionsThatKeysName() {
    folder.yaml(
        """
        auth:
          roles:
            desk: [chat:basic, usage:read]
            lister:
              permissions: [api:models]
          keys:
            - {name: app, key: "${APP_KEY}", role: desk}
            - {name: list, key: "${LIST_KEY}", role: Lister}
        """);
    Settings settings = folder.settings(Map.of("APP_KEY", FIRST, "LIST_KEY", SECOND));

    assertThat(settings.callerKeys())
        .extracting(key -> key.identity().permissions())
        .containsExactly(
            Set.of(Permission.CHAT_BASIC, Permission.USAGE_READ), Set.of(Permission.API_MODELS));
    assertThat(settings.auth().knownRoles().get("desk"))
        .isEqualTo(
            new Role(
                "desk",
                Set.of(Permission.CHAT_BASIC, Permission.USAGE_READ),
                Role.Source.SETTINGS));
    assertThat(settings.auth().knownRoles().get("admin")).isEqualTo(Role.ADMIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          desk: [chat:basi]       | did you mean chat:basic?
          desk: ['chat:*']        | must be one of chat:basic, chat:advanced
          desk: []                | at least one value is required
          desk: {}                | permissions' is missing
          Desk: [chat:basic]      | the name of a role must be 1 to 64 lower-case letters
          admin: [chat:basic]     | the role admin is built in and cannot be changed
          """)
  void aMistakeInARoleIsNamed(String role, String says) {
    folder.yaml("auth:\n  roles:\n    " + role + "\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .satisfies(problem -> assertThat(problem).startsWith("config/serai.yaml:3").contains(says));
  }

  @Test
  void aKeyWhoseRoleIsMisspeltIsRefusedWithTheNearestName() {
    folder.yaml(
        """
        auth:
          roles:
            support-desk: [chat:basic]
          keys:
            - {name: app, key: "${APP_KEY}", role: suport-desk}
        """);
    assertThat(folder.problems(Map.of("APP_KEY", FIRST)))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .startsWith("config/serai.yaml:5")
                    .contains("there is no role suport-desk; did you mean support-desk?"));
  }

  @Test
  void aMistakeInTheFileHasItsLineAndAKeyIsUniqueAmongAllSources() {
    folder.yaml(
        """
        auth:
          keys:
            - name: app
              key: ${APP_KEY}
            - name: other
              key: tiny
              role: chief
        """);
    assertThat(folder.problems(Map.of("APP_KEY", FIRST, "SERAI_API_KEYS", "ci:" + FIRST)))
        .anyMatch(p -> p.startsWith("config/serai.yaml:3") && p.contains("ci and app are the same"))
        .anyMatch(p -> p.startsWith("config/serai.yaml:5") && p.contains("fewer than 16"))
        .anyMatch(
            p ->
                p.contains("there is no role chief; there are admin, developer, user, readonly")
                    && p.contains("auth.roles"))
        .noneMatch(p -> p.contains(FIRST) || p.contains("tiny"));
  }

  @Test
  void ofTwoKeysWithOneNameOrOfOneKeyTwiceTheOtherPlaceIsNamed() {
    folder.yaml(
        "auth:\n  keys:\n    - {name: a, key: \"${ONE}\"}\n    - {name: b, key: \"${TWO}\"}\n");
    Map<String, String> environment =
        Map.of("ONE", FIRST, "TWO", SECOND, "SERAI_API_KEYS", "a:" + SECOND);

    assertThat(folder.problems(environment))
        .containsExactly(
            "config/serai.yaml:3: auth.keys[0]: two keys have the name a; the other is in the"
                + " environment variable SERAI_API_KEYS",
            "config/serai.yaml:4: auth.keys[1]: the keys a and b are the same; a is in the"
                + " environment variable SERAI_API_KEYS");
  }

  @ParameterizedTest
  @CsvSource({
    "'auth: {keys: {alice: k7Qm2Zx9Lp4Rt8Vw1Yc5Nb3d}}', auth.keys, '{name: ...}'",
    "'auth: {issuers: {corp: {issuer: a}}}', auth.issuers, '{name: ..., issuer: ...}'",
    "'models: {fast: {targets: {first: openai/a}}}', models.fast.targets, '{model: ...}'",
    "'routing: {failover: {context_window_fallbacks: {a: b/c}}}',"
        + " routing.failover.context_window_fallbacks, '{model: ...}'"
  })
  void aMappingOfNamesInPlaceOfAListIsNamedOnce(String yaml, String path, String entry) {
    folder.yaml(yaml + "\n");
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:1: "
                + path
                + ": a mapping was read; must be a list of entries, such as - "
                + entry);
  }

  @Test
  void aCallerMaySignItsRequestsInsteadOfSendingAKey() {
    folder.yaml(
        """
        auth:
          keys:
            - {name: app, signing_secret: "${APP_SECRET}", tenant: acme}
            - {name: both, key: "${APP_KEY}", signing_secret: "${APP_SECRET}"}
        """);
    Settings settings = folder.settings(Map.of("APP_KEY", FIRST, "APP_SECRET", FIRST + SECOND));

    assertThat(settings.callerKeys()).extracting(CallerKey::name).containsExactly("app", "both");
    assertThat(settings.callerKeys().getFirst().hash()).isEmpty();
    assertThat(settings.callerKeys()).allMatch(key -> key.signingSecret().isPresent());
    assertThat(settings.toString()).doesNotContain(FIRST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: app                                  | the entry has no credential; add key, signing_secret or certificates
          name: app, certificates: [shop]            | written as CN=NAME
          name: app, certificates: [CN=a, CN=a]      | certificates must be different
          name: app, signing_secret: short           | signing_secret must have at least 32 characters
          name: app, key: S, signing_secret: S       | key and signing_secret are the same
          name: a b, signing_secret: S               | the name of a key must be
          """)
  void aMistakeInASigningSecretIsNamed(String key, String says) {
    folder.yaml("auth:\n  keys:\n    - {" + key.replace(": S", ": " + FIRST + SECOND) + "}\n");
    assertThat(String.join("\n", folder.problems(Map.of()))).contains(says);
  }

  @Test
  void aVariableThatIsNotSetAndATypoAreOneMistakeEach() {
    folder.yaml(
        """
        auth:
          keys:
            - {name: shop, key: "${SHOP_KEY}"}
            - {name: app, kee: x}
        """);
    assertThat(folder.problems(Map.of()))
        .hasSize(2)
        .noneMatch(problem -> problem.contains("credential"));
  }
}
