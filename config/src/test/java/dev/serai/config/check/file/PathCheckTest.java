package dev.serai.config.check.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.serai.config.Settings;
import dev.serai.config.check.KnownModels;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.read.SettingsException;
import dev.serai.core.secret.SecretManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders and files that cannot be used are wrong settings, before anything is started. */
class PathCheckTest {
  private static final SettingsFacts FACTS =
      new SettingsFacts(
          Map.of(),
          _ -> Optional.empty(),
          _ -> Optional.empty(),
          KnownModels.ANY,
          SecretManager.NONE);

  @TempDir Path home;

  @Test
  void whatIsMissingMayBeCreatedLaterAndIsNotCreatedByTheCheck() {
    Settings settings =
        Settings.load(
            Map.of("SERAI_STATE", "a/b/state", "LOG_FILE", "logs/a/serai.log"), home, FACTS);

    assertThat(settings.warnings())
        .singleElement()
        .asString()
        .endsWith("logs/a does not exist and is created");
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "SERAI_STATE, file, '{home}/file is not a folder; set it to a folder that this user can write'",
    "SERAI_STATE, file/state/x, '{home}/file/state/x cannot be created, because {home}/file is not"
        + " a folder; set it to a folder that this user can write'",
    "SERAI_STATE, dangling, '{home}/dangling is not a folder; set it to a folder that this user can"
        + " write'",
    "SERAI_ROUTES, file, '{home}/file is not a folder; set it to a folder that this user can read'",
    "SERAI_DATABASE_URL, sqlite:{home}/file/x.db, '{home}/file is not a folder; set it to a file"
        + " that this user can write'",
    "LOG_FILE, folder, '{home}/folder is a folder; set it to a file that this user can write'",
    "SERAI_MASTER_KEY_FILE, {home}/none, 'the file {home}/none does not exist; set it to a file"
        + " with a master key that this user can read'",
    "SERAI_MASTER_KEY_FILE, file, 'the file {home}/file has no key; set it to a file with a master"
        + " key that this user can read'",
    "SERAI_MASTER_KEY_FILE, folder, '{home}/folder is a folder; set it to a file with a master"
        + " key that this user can read'",
    "LOG_FILE, file/serai.log, '{home}/file is not a folder; set it to a file that this user can"
        + " write'",
  })
  void whatCannotBeUsedIsNamedWithTheSettingAndWhatToDo(
      String variable, String value, String problem) throws IOException {
    Files.writeString(home.resolve("file"), "");
    Files.createDirectory(home.resolve("folder"));
    Files.createSymbolicLink(home.resolve("dangling"), home.resolve("nothing"));

    assertThat(problems(Map.of(variable, value.replace("{home}", home.toString()))))
        .containsExactly(
            "environment variable " + variable + ": " + problem.replace("{home}", home.toString()));
  }

  @Test
  void theDefaultsAreCheckedTooAndNamed() throws IOException {
    Files.writeString(home.resolve(".serai"), "");

    assertThat(problems(Map.of()))
        .containsExactly(
            "state.folder: "
                + home.resolve(".serai")
                + " is not a folder; set it to a folder that this user can write");
  }

  /** A superuser may write in every folder that is not read-only itself, as /proc/sys often is. */
  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws IOException {
    Path locked = Files.createDirectory(home.resolve("locked"));
    Files.setPosixFilePermissions(locked, Set.of());
    Path folder = Files.isWritable(locked) ? Path.of("/proc/sys") : locked;

    String refusal =
        "environment variable SERAI_STATE: "
            + folder
            + "/state cannot be created, because "
            + folder
            + " cannot be written by this user; set it to a folder that this user can write";
    assertThat(problems(Map.of("SERAI_STATE", folder + "/state")))
        .isEqualTo(Files.isWritable(folder) ? List.of() : List.of(refusal));
  }

  /**
   * The defaults must not serve instead: they have no keys and no limits. A superuser reads the
   * settings all the same.
   */
  @Test
  void aFolderThatHidesTheSettingsIsRefused() throws IOException {
    Path config = Files.createDirectory(home.resolve("config"));
    Files.writeString(config.resolve("serai.yaml"), "server: {port: 0}\nunknown: true\n");
    Files.setPosixFilePermissions(config, Set.of());

    assertThat(problems(Map.of()))
        .singleElement(STRING)
        .contains(
            Files.isExecutable(config)
                ? "unknown"
                : "the folder of settings files cannot be read by this user; change its"
                    + " permissions");
  }

  private List<String> problems(Map<String, String> environment) {
    try {
      Settings.load(environment, home, FACTS);
      return List.of();
    } catch (SettingsException refused) {
      return refused.problems();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server: {tls: {certificate: a.pem, key: none.pem}} | server.tls.key
          server: {tls: {certificate: a.pem, key: a.pem, client_ca: none.pem, client_auth: want}} | server.tls.client_ca
          tracing: {endpoint: 'https://127.0.0.1:4318', tls: {certificate: none.pem}} | tracing.tls.certificate
          """)
  void aCertificateThatIsNotThereIsNamedWithItsSetting(String settings, String key)
      throws IOException {
    Files.writeString(home.resolve("a.pem"), "");
    Files.writeString(home.resolve("serai.yaml"), settings);

    assertThat(problems(Map.of()))
        .containsExactly(
            "serai.yaml:1: "
                + key
                + ": the file "
                + home.resolve("none.pem")
                + " does not exist; set it to a PEM file that this user can read");
  }

  @Test
  void aCertificateForTracesIsLookedForInTheHomeFolder() throws IOException {
    Path pem = Files.writeString(home.resolve("a.pem"), "");
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "https://127.0.0.1:4318",
            "OTEL_EXPORTER_OTLP_CERTIFICATE", "a.pem");

    assertThat(Settings.load(environment, home, FACTS).tracing().tls().certificate()).contains(pem);
  }

  @Test
  void theFolderOfTheLogThatIsCreatedIsNamed() {
    Map<String, String> log = Map.of("LOG_FILE", "logs/serai.log");
    assertThat(Settings.load(log, home, FACTS).warnings())
        .containsExactly(
            "environment variable LOG_FILE: the folder "
                + home.resolve("logs")
                + " does not exist and is created");
    assertThat(Settings.load(Map.of("LOG_FILE", "serai.log"), home, FACTS).warnings()).isEmpty();
  }

  @Test
  void aFolderOfRoutesThatTheSettingsNameAndThatIsNotThereIsAWarning() throws IOException {
    Files.writeString(home.resolve("serai.yaml"), "routes: {folder: none}");

    assertThat(Settings.load(Map.of(), home, FACTS).warnings())
        .contains(
            "serai.yaml:1: routes.folder: the folder "
                + home.resolve("none")
                + " does not exist yet");
    assertThat(Settings.load(Map.of("SERAI_ROUTES", "/nope"), home, FACTS).warnings())
        .contains("environment variable SERAI_ROUTES: the folder /nope does not exist yet");
  }
}
