package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is reported once: not again in what follows from it. */
class FollowUpMistakesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "providers: {x: {kind: openai-compatible, base_ur: \"http://h/v1\"}} | base_ur: unknown"
            + " key",
        "models: {m: {targets: [{modl: openai/x}]}} | modl: unknown key",
        "guards: {g: {kind: contnt, on: input, patterns: [x]}} | kind: \"contnt\" was read",
        "budgets: {b: {scope: tenant, limit: $5, period: month}} | limit: \"$5\" was read",
        "server: {tls: {certificate: a.pem, kye: b.pem}} | kye: unknown key",
        "upstream: {deadlines: {idle: 10x, total: 5s}} | idle: \"10x\" was read"
      })
  void aMistakeOfTheSettingsIsReportedOnce(String yaml, String said) {
    folder.yaml(yaml);

    assertThat(folder.problems(Map.of())).hasSize(1).first().asString().contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{input: $5, output: 10} | price.input: \"$5\" was read",
        "{input: 5, output: 10k} | price.output: \"10k\" was read",
        "{input: 5, outptu: 10} | price.outptu: unknown key",
        "{input: 5, output: 10, cached_input: x} | price.cached_input: \"x\" was read"
      })
  void aWrongPriceOfAModelIsReportedOnce(String price, String said) {
    folder.with("config/models.yaml", "models: {acme/big: {price: " + price + "}}");

    assertThat(folder.problems(Map.of())).hasSize(1).first().asString().contains(said);
  }

  @Test
  void whatDoesNotFollowIsReportedInTheSameRun() {
    folder.yaml("server: {port: abc, drain_time: -5s}\nguards: {g: {kind: contnt}}\n");
    folder.with("config/models.yaml", "models: {acme/big: {price: {input: 5}}}");

    assertThat(folder.problems(Map.of()))
        .anyMatch(each -> each.contains("server.port: \"abc\""))
        .anyMatch(each -> each.contains("drain_time must be 0s or more"))
        .anyMatch(each -> each.contains("the member 'on' is missing"))
        .anyMatch(each -> each.contains("price must have both input and output"));
  }
}
