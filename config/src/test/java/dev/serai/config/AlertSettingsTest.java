package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.budget.AlertSettings;
import dev.serai.core.budget.alert.AlertReceiver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @TempDir Path directory;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(directory);
  }

  @Test
  void aWebhookReceivesAlertsAtThreeSharesUnlessTheSettingsSayOtherwise() {
    folder.yaml(
        """
        alerts:
          ops: {url: "https://hooks.example.com/a/b?token=x", secret: "%1$s"}
          acme: {url: "http://hooks:9000", secret: "%1$s", at: [50, 150], tenants: [acme], budgets: [b]}
        """
            .formatted(SECRET));
    Map<String, AlertSettings> alerts = folder.settings(Map.of()).alerts();
    AlertSettings ops = alerts.get("ops");
    assertThat(ops.receiver("ops"))
        .isEqualTo(new AlertReceiver("ops", List.of(80, 95, 100), Set.of(), Set.of()));
    assertThat(ops.signingKey()).asString().isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(ops.toString()).doesNotContain("token", "whsec");
    assertThat(alerts.get("acme").receiver("acme"))
        .isEqualTo(new AlertReceiver("acme", List.of(50, 150), Set.of("b"), Set.of("acme")));
  }

  @Test
  void aMistakeIsReportedWithFileAndLineAndWithoutSecrets() {
    folder.yaml(
        """
        alerts:
          a: {url: "https://hooks.example.com"}
          b: {url: "ftp://hooks.example.com/T0KEN", secret: "%1$s"}
          c: {url: "https://user:T0KEN@hooks.example.com", secret: "%1$s"}
          d: {url: "https://hooks.example.com", secret: whsec_c2hvcnQ=}
          e: {url: "https://hooks.example.com", secret: just-a-long-text-T0KEN-of-many-letters}
          f: {url: "https://hooks.example.com", secret: "%1$s", at: [0]}
        budgets:
          soft: {scope: all, limit: 5, hard: false, fallback_model: ollama/llama3.2}
        """
            .formatted(SECRET));
    List<String> problems = folder.problems(Map.of());
    assertThat(problems).as("" + problems).hasSize(7);
    assertThat(problems.toString()).doesNotContain("T0KEN", SECRET);
    assertThat(problems).anyMatch(p -> p.contains("alerts.a") && p.contains("'secret' is missing"));
    assertThat(problems).filteredOn(p -> p.contains("address of http or https")).hasSize(2);
    assertThat(problems).filteredOn(p -> p.contains("whsec_$(openssl rand")).hasSize(2);
    assertThat(problems).anyMatch(p -> p.contains("alerts.f") && p.contains("1 to 1000"));
    assertThat(problems)
        .anyMatch(p -> p.contains("budgets.soft") && p.contains("must be left out if hard"));
  }
}
