package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets and limits of keys that are managed over HTTP. A token costs 0.00001 USD. */
class StoredBudgetsTest {
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String SECRET = "login-canary-0123456789abcdef0123456789";
  private static final String SETTINGS =
      """
      auth:
        issuers:
          - {name: login, issuer: login, secret: %s}
      providers:
        openai:
          models:
            - {name: text, cost_per_input: 10, cost_per_output: 10}
      budgets:
        fixed: {scope: tenant, value: initech, limit: 1}
      """
          .formatted(SECRET);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(SETTINGS)
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private static JsonNode manage(String method, String path, String body) {
    Caller.Reply reply = http.send(method, path, ADMIN, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static int chat(String key) {
    String body =
        "{\"model\":\"openai/text\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Hello\"}]}";
    return http.send("POST", "/v1/chat/completions", key, body).status();
  }

  private static String code(Caller.Reply reply) {
    return reply.json().at("/error/code").asText();
  }

  @Test
  void theLimitOfAKeyIsExactAndItsUsageIsThatOfTheLedger() {
    JsonNode made =
        manage(
            "POST",
            "/v1/keys",
            "{\"name\":\"limited\",\"limit\":0.002,\"limit_reset\":\"daily\",\"tenant\":\"acme\"}");
    String key = made.path("key").asText();
    String path = "/v1/keys/" + made.at("/data/id").asText();
    assertThat(made.at("/data/usage").decimalValue()).isZero();
    assertThat(made.at("/data/limit_remaining").asText()).isEqualTo("0.002");

    int served = 0;
    int status = chat(key);
    while (status == 200 && served < 100) {
      served++;
      status = chat(key);
    }
    assertThat(served).isBetween(1, 99);
    assertThat(status).isEqualTo(429);

    String cost =
        manage("GET", "/v1/usage?group_by=key&key=limited&tenant=acme", "")
            .at("/data/0/cost")
            .asText();
    for (JsonNode shown :
        List.of(
            manage("GET", path, "").path("data"),
            manage("GET", "/v1/keys?tenant=acme", "").at("/data/0"))) {
      assertThat(shown.path("limit").asText()).isEqualTo("0.002");
      assertThat(shown.path("limit_reset").asText()).isEqualTo("daily");
      for (String usage : List.of("usage", "usage_daily", "usage_weekly", "usage_monthly")) {
        assertThat(shown.path(usage).asText()).as(usage).isEqualTo(cost);
      }
      assertThat(shown.path("limit_remaining").decimalValue())
          .isEqualByComparingTo(
              shown.path("limit").decimalValue().subtract(shown.path("usage").decimalValue()));
    }

    JsonNode unlimited = manage("PATCH", path, "{\"limit\":null,\"limit_reset\":null}");
    assertThat(unlimited.at("/data/limit").isNull()).isTrue();
    assertThat(unlimited.at("/data/limit_reset").isNull()).isTrue();
    Until.holds(Duration.ofSeconds(30), "no limit", () -> chat(key) == 200);
  }

  @Test
  void aBudgetIsStoredChangedAndDeletedWhileCallsAreMade() {
    String key =
        manage("POST", "/v1/keys", "{\"name\":\"shop\",\"tenant\":\"globex\",\"team\":\"web\"}")
            .path("key")
            .asText();
    assertThat(chat(key)).isEqualTo(200);
    JsonNode made =
        manage(
            "POST",
            "/v1/budgets",
            "{\"scope\":\"team\",\"tenant\":\"globex\",\"value\":\"web\",\"limit\":0}");
    assertThat(made.path("source").asText()).isEqualTo("stored");
    assertThat(made.path("period").asText()).isEqualTo("month");
    String path = "/v1/budgets/" + made.path("id").asText();
    assertThat(chat(key)).isEqualTo(429);
    Until.holds(
        Duration.ofSeconds(30),
        "the first call is in the ledger",
        () -> manage("GET", path, "").at("/accounts/0/spent").decimalValue().signum() > 0);
    JsonNode list = manage("GET", "/v1/budgets", "").path("data");
    assertThat(list.findValuesAsText("id")).containsExactly("fixed", made.path("id").asText());
    assertThat(list.path(1).path("accounts")).isEqualTo(manage("GET", path, "").path("accounts"));
    assertThat(list.at("/1/accounts/0/spent").decimalValue()).isPositive();
    assertThat(manage("PATCH", path, "{\"limit\":5}").path("limit").asInt()).isEqualTo(5);
    Until.holds(Duration.ofSeconds(30), "the higher limit", () -> chat(key) == 200);
    manage("PATCH", path, "{\"limit\":0}");
    Until.holds(Duration.ofSeconds(30), "the lower limit", () -> chat(key) == 429);
    assertThat(manage("DELETE", path, "").path("deleted").asBoolean()).isTrue();
    assertThat(chat(key)).isEqualTo(200);
    assertThat(code(http.send("DELETE", path, ADMIN, ""))).isEqualTo("budget_not_found");
  }

  @Test
  void whatCannotBeStoredIsRefusedWithAdvice() {
    Caller.Reply fixed = http.send("PATCH", "/v1/budgets/fixed", ADMIN, "{\"limit\":2}");
    assertThat(fixed.status()).isEqualTo(409);
    assertThat(code(fixed)).isEqualTo("budget_read_only");
    assertThat(http.send("DELETE", "/v1/budgets/fixed", ADMIN, "").status()).isEqualTo(409);
    for (String body :
        List.of(
            "{\"scope\":\"all\"}",
            "{\"limit\":1}",
            "{\"scope\":\"all\",\"limit\":-1}",
            "{\"scope\":\"all\",\"limit\":1e999999999}",
            "{\"scope\":\"all\",\"limit\":1,\"value\":\"x\"}",
            "{\"scope\":\"all\",\"limit\":1,\"id\":\"key_1\"}",
            "{\"scope\":\"all\",\"limit\":1,\"period\":\"year\"}",
            "{\"scope\":\"all\",\"limit\":1,\"fallback_model\":\"no-such-model\"}",
            "{\"scope\":\"all\",\"limit\":1,\"more\":true}")) {
      assertThat(http.send("POST", "/v1/budgets", ADMIN, body).status()).as(body).isEqualTo(400);
    }
    Caller.Reply taken =
        http.send("POST", "/v1/budgets", ADMIN, "{\"scope\":\"all\",\"limit\":1,\"id\":\"fixed\"}");
    assertThat(code(taken)).isEqualTo("budget_exists");
  }

  @Test
  void aManagerLeadsNoCallsToAFallbackModelThatItMayNotCallItself() throws Exception {
    String manager = manager("globex", ",\"models\":[\"openai/text\"]");
    String budget =
        "{\"id\":\"led\",\"scope\":\"tenant\",\"value\":\"globex\",\"limit\":1,"
            + "\"fallback_model\":\"%s\"}";
    Caller.Reply other =
        http.send("POST", "/v1/budgets", manager, budget.formatted("openai/other"));
    assertThat(other.status()).as(other.body()).isEqualTo(403);
    assertThat(other.json().at("/error/param").asText()).isEqualTo("fallback_model");
    Caller.Reply own = http.send("POST", "/v1/budgets", manager, budget.formatted("openai/text"));
    assertThat(own.status()).as(own.body()).isEqualTo(200);
    String changed = "{\"fallback_model\":\"openai/other\"}";
    assertThat(http.send("PATCH", "/v1/budgets/led", manager, changed).status()).isEqualTo(403);

    manage("PATCH", "/v1/budgets/led", changed);
    String lower = "{\"limit\":0}";
    assertThat(http.send("PATCH", "/v1/budgets/led", manager, lower).status())
        .as("calls would go to it")
        .isEqualTo(403);
    String without = "{\"fallback_model\":null,\"limit\":0}";
    assertThat(http.send("PATCH", "/v1/budgets/led", manager, without).status()).isEqualTo(200);
    manage("DELETE", "/v1/budgets/led", "");
  }

  /** A manager of one tenant, who may not read everything. */
  private static String manager(String tenant) throws GeneralSecurityException {
    return manager(tenant, "");
  }

  /**
   * @param more members of its token
   */
  private static String manager(String tenant, String more) throws GeneralSecurityException {
    String claims =
        "{\"iss\":\"login\",\"sub\":\"ann\",\"tenant\":\"%s\",\"permissions\":[\"admin:users\"],\"exp\":%d%s}"
            .formatted(tenant, Instant.now().getEpochSecond() + 600, more);
    String text = encode("{\"alg\":\"HS256\"}") + "." + encode(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aManagerOfOneTenantManagesTheBudgetsOfThatTenantOnly() throws Exception {
    String manager = manager("umbrella");
    String other = "{\"scope\":\"tenant\",\"value\":\"hooli\",\"limit\":1,\"id\":\"of-hooli\"}";
    manage("POST", "/v1/budgets", other);
    for (String body :
        List.of(
            other.replace("of-hooli", "mine"),
            "{\"scope\":\"all\",\"limit\":0}",
            "{\"scope\":\"tag\",\"limit\":0}",
            "{\"scope\":\"team\",\"value\":\"web\",\"tenant\":\"hooli\",\"limit\":0}")) {
      assertThat(http.send("POST", "/v1/budgets", manager, body).status()).as(body).isEqualTo(403);
    }
    for (String id : List.of("of-hooli", "fixed", "none")) {
      assertThat(code(http.send("PATCH", "/v1/budgets/" + id, manager, "{\"limit\":0}")))
          .as(id)
          .isEqualTo("budget_not_found");
      assertThat(code(http.send("DELETE", "/v1/budgets/" + id, manager, "")))
          .as(id)
          .isEqualTo("budget_not_found");
    }
    Caller.Reply own =
        http.send(
            "POST", "/v1/budgets", manager, "{\"scope\":\"team\",\"value\":\"web\",\"limit\":1}");
    assertThat(own.status()).as(own.body()).isEqualTo(200);
    assertThat(own.json().path("tenant").asText()).isEqualTo("umbrella");
    for (String id : List.of(own.json().path("id").asText(), "of-hooli")) {
      manage("DELETE", "/v1/budgets/" + id, "");
    }
  }

  @Test
  void everyChangeOfABudgetIsInTheAuditLog() {
    manage("POST", "/v1/budgets", "{\"scope\":\"key\",\"limit\":9,\"id\":\"audited\"}");
    manage("PATCH", "/v1/budgets/audited", "{\"limit\":8}");
    manage("DELETE", "/v1/budgets/audited", "");
    for (String entry :
        List.of("POST /v1/budgets", "PATCH /v1/budgets/audited", "DELETE /v1/budgets/audited")) {
      Until.holds(
          Duration.ofSeconds(30),
          entry,
          () -> {
            for (JsonNode each : manage("GET", "/v1/audit?limit=200", "").path("data")) {
              String line = each.path("method").asText() + " " + each.path("path").asText();
              if (line.equals(entry) && each.path("event").asText().equals("done")) {
                return true;
              }
            }
            return false;
          });
    }
  }
}
