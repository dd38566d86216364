package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.gateway.edge.tls.Pki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of OpenAI's calls over TLS, with its certificate instead of an API key. */
class TlsTest {
  @TempDir static Path folder;
  private static Pki pki;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    pki =
        Pki.in(
            Files.createDirectory(folder.resolve("pki")),
            new Pki.Wanted("server", "CN=gateway", "ip:127.0.0.1"),
            new Pki.Wanted("shop", "CN=shop", "uri:spiffe://acme/shop"));
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(
                """
                server:
                  tls:
                    certificate: %s
                    key: %s
                    client_ca: %s
                    client_auth: want
                auth:
                  keys:
                    - {name: shop, certificates: ["URI=spiffe://acme/shop"], role: user, tenant: acme}
                """
                    .formatted(pki.certificate("server"), pki.key("server"), pki.certificate("ca")))
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  private static OpenAIClient client(String certificate) throws Exception {
    return OpenAIOkHttpClient.builder()
        .apiKey("none")
        .replaceHeaders("Authorization", List.of())
        .baseUrl("https://127.0.0.1:" + gateway.port() + "/v1")
        .sslSocketFactory(pki.client(certificate).getSocketFactory())
        .trustManager(pki.trust())
        .maxRetries(0)
        .timeout(Stage.PATIENCE)
        .build();
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder()
        .model("openai/text")
        .addUserMessage("Hello")
        .build();
  }

  @Test
  void aCallAndAStreamPassOverTlsWithTheCertificateOfTheCaller() throws Exception {
    OpenAIClient shop = client("shop");
    assertThat(shop.chat().completions().create(question()).choices()).hasSize(1);
    try (StreamResponse<ChatCompletionChunk> stream =
        shop.chat().completions().createStreaming(question())) {
      assertThat(stream.stream().count()).isGreaterThan(1);
    }
  }

  @Test
  void manyCallsAndStreamsPassAtATimeOnOneConnectionOfHttp2() throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(pki.client("shop"))
            .build()) {
      assertThat(client.send(chat(false), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      List<CompletableFuture<HttpResponse<String>>> calls =
          IntStream.range(0, 100)
              .mapToObj(i -> client.sendAsync(chat(i % 2 == 0), BodyHandlers.ofString()))
              .toList();
      for (int i = 0; i < calls.size(); i++) {
        HttpResponse<String> reply = calls.get(i).get(60, TimeUnit.SECONDS);
        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains(i % 2 == 0 ? "[DONE]" : "\"choices\"");
      }
    }
  }

  private static HttpRequest chat(boolean stream) {
    URI uri = URI.create("https://127.0.0.1:" + gateway.port() + "/v1/chat/completions");
    return HttpRequest.newBuilder(uri)
        .header("content-type", "application/json")
        .POST(
            BodyPublishers.ofString(
                "{\"model\":\"openai/text\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                    + "\"stream\":"
                    + stream
                    + "}"))
        .build();
  }

  @Test
  void aClientWithoutACertificateNeedsAKey() throws Exception {
    OpenAIClient without = client("");
    assertThatThrownBy(() -> without.chat().completions().create(question()))
        .isInstanceOf(com.openai.errors.UnauthorizedException.class);
  }
}
