package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.auth.LoginSettings;
import dev.serai.core.login.LoginSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The login of browsers in the settings file. */
class LoginSettingsTest {
  private static final String AUTH =
      """
      auth:
        issuers:
          - {name: people, issuer: 'https://login.example', audiences: serai}
          - {name: tools, issuer: tools, secret: 0f1e2d3c4b5a69788796a5b4c3d2e1f0}
          - {name: keys, issuer: keys, audiences: serai, jwks_url: 'https://keys.example/keys'}
        login: {%s}
      """;

  @TempDir Path path;

  private Settings settings(String login) {
    return read(AUTH.formatted(login));
  }

  private Settings read(String yaml) {
    return new Folder(path).yaml(yaml).settings(Map.of());
  }

  @Test
  void withoutAnIssuerThereIsNoLogin() {
    LoginSettings login = new Folder(path).settings(Map.of()).auth().login();
    assertThat(login.isOn()).isFalse();
    assertThat(login.site()).isEmpty();
  }

  @Test
  void aLoginNeedsItsIssuerItsClientAndItsAddress() {
    Settings settings =
        settings(
            "issuer: people, client_id: serai, client_secret: canary-secret-5f1e,"
                + " url: 'https://LLM.example:443/'");
    LoginSettings login = settings.auth().login();
    assertThat(login.site()).contains(new LoginSite("https://llm.example"));
    assertThat(login.idleTime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(login.lifetime()).isEqualTo(Duration.ofHours(8));
    assertThat(settings.toString()).doesNotContain("canary-secret-5f1e");
  }

  @Test
  void aPortThatIsNotUsualBelongsToTheOrigin() {
    assertThat(
            settings("issuer: people, client_id: serai, url: 'http://localhost:8000'")
                .auth()
                .login()
                .site())
        .contains(new LoginSite("http://localhost:8000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_id: serai         | client_id: other                      | auth.login.client_id
          https://login.example    | https://login2.example                | auth.issuers[].issuer
          audiences: serai}        | audiences: serai, refresh: 1m}        | auth.issuers[].refresh
          audiences: serai}        | audiences: serai, roles: {a: admin}}  | ''
          issuer: keys             | issuer: others                        | ''
          """)
  void whatTheLoginKeepsFromTheStartNeedsARestart(String text, String by, String named) {
    String yaml = AUTH.formatted("issuer: people, client_id: serai, url: 'https://llm.example'");
    Settings before = read(yaml);
    assertThat(read(yaml.replace(text, by)).settingsToRestartFor(before))
        .isEqualTo(named.isEmpty() ? List.of() : List.of(named));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_id: serai                  | issuer is missing
          issuer: people, url: U            | client_id is missing
          issuer: people, client_id: serai  | url is missing
          issuer: poeple, client_id: serai, url: U | has no entry with the name poeple; did you mean people?
          issuer: tools, client_id: serai, url: U | signs with a secret
          issuer: keys, client_id: serai, url: U | must be an https address
          issuer: people, client_id: serai, url: 'http://llm.example' | url must be an https address
          issuer: people, client_id: serai, url: 'https://llm.example/serai' | url must have no path
          issuer: people, client_id: serai, url: U, scopes: [profile] | scopes must have openid
          issuer: people, client_id: serai, url: U, scopes: [openid, 'a b'] | has a blank
          issuer: people, client_id: serai, url: U, idle_time: 1s | idle_time must be at least 1m
          issuer: people, client_id: serai, url: U, lifetime: 10m | lifetime is below idle_time
          issuer: people, client_id: serai, url: U, lifetime: 800h | lifetime must be at most 30d
          issuer: people, clientid: serai, url: U | did you mean client_id
          """)
  void whatCannotWorkFailsTheStart(String login, String fault) {
    assertThatThrownBy(() -> settings(login.replace("url: U", "url: 'https://llm.example'")))
        .hasMessageContaining(fault);
  }
}
