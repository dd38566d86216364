package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are read as another kind than was meant, and files that are not text. */
class WrittenFormTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "server:;  port:8000       | server: a blank is missing after the colon; write port: VALUE",
        "models:;  fast:persona/x  | models: a blank is missing after the colon; write fast: VALUE",
        "server:8000               | a blank is missing after the colon; write server: VALUE",
        "server:;  port:8000;  host: a | with a blank after each colon",
        "console: {password: {PASS}} | write ${PASS} for the value of a variable",
        "providers: {openai: {keys: [${ONE}, ${TWO}]}} | put ^${ONE}^ in quotes",
      })
  void whatWasMeantIsSaid(String yaml, String said) {
    folder.yaml(yaml.replace(";", "\n") + "\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .contains(said.replace('^', '"'));
  }

  @Test
  void aTextInThePlaceOfAnEntryWithASecretIsNotShown() {
    folder.yaml("auth: {keys: [0123456789abcdef0123456789abcdef, \"shop:k1-0123456789abcdef\"]}\n");
    assertThat(folder.problems(Map.of()))
        .hasSize(2)
        .allMatch(line -> line.contains("\"***\" was read; must be a mapping with the keys"))
        .noneMatch(line -> line.contains("012345"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16LE", "UTF-16"})
  void aFileInAnotherEncodingIsAnsweredWithTheLine(String encoding) throws IOException {
    folder.yaml("");
    String text = "# one\nserver: {host: \u00e4}\n";
    Files.write(path.resolve("config/serai.yaml"), text.getBytes(Charset.forName(encoding)));
    String line = encoding.equals("ISO-8859-1") ? "2" : "1";
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:" + line + ": the line is not UTF-8 text; save the file as UTF-8");
  }

  @Test
  void aReplacementCharacterIsText() {
    folder.yaml("models: {\"\uFFFD\": persona/guide}\n");
    assertThat(folder.settings(Map.of()).models()).containsOnlyKeys("\uFFFD");
    assertThat("\uFFFD".getBytes(StandardCharsets.UTF_8)).hasSize(3);
  }

  @Test
  void entriesOfTheModelsFileAmongTheAliasesAreOneMistake() {
    folder.yaml(
        """
        models:
          openai/gpt-4o:
            capabilities: [tools]
            price: {input: 2.5, output: 10}
          openai/o3:
            deadlines: {total: 30m}
          fast: persona/guide
        """);
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:1: models: facts and prices of models belong in config/models.yaml;"
                + " move them there");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8000, the port belongs in server.port",
    "'[::1]:8000', the port belongs in server.port",
    "'http://localhost', 'an IP address or a name, not a URL'"
  })
  void aHostWithMoreThanTheHostIsRefusedWithItsLine(String host, String why) {
    folder.yaml("server:\n  host: \"" + host + "\"\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:2: server.host: ")
        .contains(why);
    folder.yaml("server: {host: '::1'}\n");
    assertThat(folder.settings(Map.of()).server().host()).isEqualTo("::1");
  }

  @Test
  void aFallbackThatIsATargetAndAKeyWithABlankAreWarnings() {
    folder.yaml(
        """
        models:
          fast: {targets: persona/guide, fallbacks: [persona/guide]}
        providers:
          groq: {api_key: "one two"}
        """);
    List<String> warnings = folder.settings(Map.of("GROQ_API_KEY", "three four")).warnings();
    assertThat(warnings)
        .contains(
            "config/serai.yaml:2: models.fast.fallbacks[0]: persona/guide is a target of the same"
                + " alias; name another model",
            "config/serai.yaml:4: providers.groq.api_key: the key has a blank in it; check that it"
                + " was copied whole");
  }
}
