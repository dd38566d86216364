package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call says about itself, from its header and body to the ledger. */
class AttributionTest {
  private static final String KEY = "attribution-0123456789abcdef";

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    served =
        Served.byCassettes(
            folder,
            """
            auth:
              keys:
                - {name: shop, key: %s, role: user, tenant: acme, team: web, user: ann, tags: [live]}
            """
                .formatted(KEY));
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  private static Caller.Reply post(String path, String body, String... headers) {
    HttpRequest.Builder request = served.http().to(path, body.getBytes(StandardCharsets.UTF_8));
    request.header("x-api-key", KEY);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return served.http().send(request);
  }

  private static JsonNode usage(String query) {
    return served
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(served.gateway().url() + "/v1/usage" + query))
                .header("x-api-key", KEY))
        .json();
  }

  private static String chat(String metadata) {
    return "{\"model\":\"openai/text\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        + "\"user\":\"mallory\",\"metadata\":"
        + metadata
        + "}";
  }

  @Test
  void theLedgerHasTheTeamTheUserAndTheTagsOfKeyHeaderAndBody() {
    Caller.Reply reply =
        post(
            "/v1/chat/completions",
            chat("{\"tags\":\"body\",\"session_id\":\"s-body\",\"task_type\":\"summary\"}"),
            "x-serai-tags",
            "header, nightly",
            "x-serai-session",
            "s-header",
            "x-serai-user",
            "mallory",
            "x-serai-tenant",
            "globex");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(served.provider().received().getLast().headers().keySet())
        .noneMatch(name -> name.startsWith("x-serai-") && !name.equals("x-serai-via"));

    JsonNode row = usage("/" + reply.header("x-request-id")).at("/attempts/0");
    assertThat(row.path("tenant").asText()).isEqualTo("acme");
    assertThat(row.path("team").asText()).isEqualTo("web");
    assertThat(row.path("user").asText()).isEqualTo("ann");
    assertThat(row.path("session").asText()).isEqualTo("s-header");
    assertThat(row.path("task_type").asText()).isEqualTo("summary");
    assertThat(row.path("tags")).hasToString("[\"body\",\"header\",\"live\",\"nightly\"]");
    assertThat(usage("?group_by=tag&tag=nightly").at("/data"))
        .extracting(group -> group.path("tag").asText())
        .containsExactly("body", "header", "live", "nightly");
    assertThat(usage("?group_by=team,user&team=web").at("/data/0/user").asText()).isEqualTo("ann");
  }

  @Test
  void openAisOrganizationApiReportsUsageAndCostByTime() {
    assertThat(post("/v1/chat/completions", chat("{}")).status()).isEqualTo(200);
    long from = Instant.now().getEpochSecond() - 2 * 86_400;
    String query = "?start_time=" + from + "&bucket_width=1d&group_by=project_id,model";

    JsonNode first = organization("/usage/completions" + query + "&limit=1").json();
    assertThat(first.path("object").asText()).isEqualTo("page");
    assertThat(first.at("/data/0/object").asText()).isEqualTo("bucket");
    assertThat(first.at("/data/0/start_time").asLong() % 86_400).isZero();
    assertThat(first.path("has_more").asBoolean()).isTrue();
    String rest = query + "&page=" + first.path("next_page").asText();
    JsonNode page = organization("/usage/completions" + rest).json();
    assertThat(page.path("has_more").asBoolean()).isFalse();
    JsonNode used = page.findParent("num_model_requests");
    assertThat(used.path("object").asText()).isEqualTo("organization.usage.completions.result");
    assertThat(used.path("project_id").asText()).isEqualTo("acme");
    assertThat(used.path("user_id").isNull()).isTrue();
    assertThat(used.path("num_model_requests").asLong()).isPositive();
    assertThat(used.path("output_tokens").asLong()).isPositive();

    JsonNode costs = organization("/costs?start_time=" + from + "&group_by[]=line_item").json();
    assertThat(costs.findValuesAsText("currency")).contains("usd");
    assertThat(organization("/costs").json().at("/error/param").asText()).isEqualTo("start_time");
    assertThat(organization("/costs?start_time=1&bucket_width=2d").status()).isEqualTo(400);
    JsonNode foreign = organization("/costs?start_time=" + from + "&project_ids=globex").json();
    assertThat(foreign.toString()).as("its own tenant only").doesNotContain("globex");
  }

  private static Caller.Reply organization(String path) {
    return served
        .http()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        (served.gateway().url() + "/v1/organization" + path)
                            .replace("[]", "%5B%5D")))
                .header("x-api-key", KEY));
  }

  @Test
  void whatIsMalformedIsRefusedInTheShapeOfTheSurface() {
    Caller.Reply openAi = post("/v1/chat/completions", chat("{}"), "x-serai-timeout", "soon");
    assertThat(openAi.status()).isEqualTo(400);
    assertThat(openAi.json().at("/error/param").asText()).isEqualTo("x-serai-timeout");
    Caller.Reply anthropic =
        post(
            "/v1/messages",
            "{\"model\":\"anthropic/text\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Hi\"}],\"metadata\":{\"tags\":[7]}}");
    assertThat(anthropic.status()).isEqualTo(400);
    assertThat(anthropic.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
  }
}
